"""The colours of the till, light and dark: one accent, and a colour each for yes, no, wait and not yet."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Palette:
    """Colour tokens as `#rrggbb`.

    A `*_soft` is a background for its `*_text`; a `*_line` is the border between them; `on_*` is text upon the full
    colour; an `*_inset` is a field inside a panel of that colour, with the same `on_*` text. Text on its background
    has a contrast of at least 4.5 : 1, and the tests measure it.
    """

    name: str
    is_dark: bool
    # surfaces, from the back to the front
    page: str
    surface: str
    raised: str
    sunken: str
    field: str
    hover: str
    camera: str
    on_camera: str
    # text and lines
    text: str
    muted: str
    faint: str
    line: str
    line_strong: str
    shadow_edge: str
    # the one accent
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_solid: str
    accent_soft: str
    accent_text: str
    # yes
    accepted: str
    accepted_inset: str
    on_accepted: str
    accepted_soft: str
    accepted_line: str
    accepted_text: str
    # no
    refused: str
    refused_inset: str
    on_refused: str
    refused_soft: str
    refused_line: str
    refused_text: str
    # something is needed
    amber: str
    amber_inset: str
    on_amber: str
    amber_soft: str
    amber_line: str
    amber_text: str
    # good here, not yet answered by the server
    provisional: str
    on_provisional: str
    provisional_soft: str
    provisional_line: str
    provisional_text: str


LIGHT = Palette(
    name="light",
    is_dark=False,
    page="#f3f4f7",
    surface="#ffffff",
    raised="#ffffff",
    sunken="#eceef3",
    field="#ffffff",
    hover="#f3f4f8",
    camera="#10131a",
    on_camera="#f1f3f8",
    text="#161a23",
    muted="#565e6f",
    faint="#8b93a3",
    line="#e1e4ea",
    line_strong="#c9ced8",
    shadow_edge="#cfd4de",
    accent="#3b4fd8",
    accent_hover="#3143c2",
    accent_pressed="#2838a6",
    on_accent="#ffffff",
    accent_solid="#3b4fd8",
    accent_soft="#e9ecfd",
    accent_text="#3143c2",
    accepted="#0b7a4b",
    accepted_inset="#086640",
    on_accepted="#ffffff",
    accepted_soft="#e3f5ec",
    accepted_line="#a5dcc2",
    accepted_text="#08663e",
    refused="#c32f32",
    refused_inset="#a82428",
    on_refused="#ffffff",
    refused_soft="#fdebea",
    refused_line="#eeb4b2",
    refused_text="#a82428",
    amber="#f6b73c",
    amber_inset="#ffd27d",
    on_amber="#2c1e00",
    amber_soft="#fff4dc",
    amber_line="#efcf8b",
    amber_text="#7a4c00",
    provisional="#0e6a80",
    on_provisional="#ffffff",
    provisional_soft="#e2f3f7",
    provisional_line="#a3d3df",
    provisional_text="#0b5a6d",
)

DARK = Palette(
    name="dark",
    is_dark=True,
    page="#0f1218",
    surface="#181c24",
    raised="#212632",
    sunken="#11141b",
    field="#11141b",
    hover="#272d3a",
    camera="#07090d",
    on_camera="#f1f3f8",
    text="#f1f3f8",
    muted="#a7afbf",
    faint="#727b8d",
    line="#2a303c",
    line_strong="#3d4555",
    shadow_edge="#07090d",
    accent="#8f9dff",
    accent_hover="#a4b0ff",
    accent_pressed="#7d8cf5",
    on_accent="#10142e",
    accent_solid="#5b6df0",
    accent_soft="#262d52",
    accent_text="#b3bdff",
    accepted="#0d7f50",
    accepted_inset="#0a6942",
    on_accepted="#ffffff",
    accepted_soft="#10301f",
    accepted_line="#1f5f40",
    accepted_text="#6fdba7",
    refused="#c53a3c",
    refused_inset="#a52c2f",
    on_refused="#ffffff",
    refused_soft="#3b1b1d",
    refused_line="#7a3336",
    refused_text="#ff9c99",
    amber="#eeb03a",
    amber_inset="#f8ca74",
    on_amber="#2a1d00",
    amber_soft="#35290f",
    amber_line="#6d5420",
    amber_text="#f5c766",
    provisional="#12748b",
    on_provisional="#ffffff",
    provisional_soft="#0f2e36",
    provisional_line="#1f5b6a",
    provisional_text="#7fd0e3",
)
