"""The base of everything on the wire."""

from pydantic import BaseModel, ConfigDict


class Wire(BaseModel):
    """Unknown fields are ignored, so that a server and a till one version apart understand each other."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    def as_json(self) -> bytes:
        return self.model_dump_json().encode()
