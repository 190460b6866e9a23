"""The base of everything on the wire, and the texts that a request may carry."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, StringConstraints


def _whole(text: str) -> str:
    """Half a character (a lone surrogate) and NUL can be written in JSON, and kept nowhere."""
    if "\x00" in text or not (text.isascii() or all(not "\ud800" <= letter <= "\udfff" for letter in text)):
        raise ValueError("whole characters, and no NUL")
    return text


_DESCRIBED = Field(json_schema_extra={"pattern": r"^[^\u0000]*$"})
Id = Annotated[str, StringConstraints(pattern=r"^[!-~]{1,64}$")]
"""Something that was made to be unique: printable ASCII without blanks."""
Hex64 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""32 bytes: a key, or a hash."""
Line = Annotated[str, StringConstraints(max_length=200), AfterValidator(_whole), _DESCRIBED]
"""What a person wrote, in one short line."""
WholeText = Annotated[str, StringConstraints(max_length=65536), AfterValidator(_whole), _DESCRIBED]
"""A longer text, e.g. the content of a row."""


def example(**values: JsonValue) -> ConfigDict:
    """For a shape's `model_config`: what one of them looks like, for the API's description."""
    return ConfigDict(json_schema_extra={"examples": [values]})


class Wire(BaseModel):
    """Unknown fields are ignored, so that a server and a till one version apart understand each other."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    def as_json(self) -> bytes:
        return self.model_dump_json().encode()
