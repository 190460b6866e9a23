"""What the camera is doing, in one line, and what to do where it is not doing it."""

from merchant_app.wording.said import Said, said
from merchant_app.wording.words import Words


def camera_state(words: Words, state: str, *, name: str = "") -> Said:
    """`state` is the value of the scanning's own enumeration of conditions; `name` is the camera's, if any."""
    match state:
        case "live":
            return said(words, words._("Camera on"))
        case "opening":
            return said(words, words._("Starting the camera…"))
        case "closed":
            return said(words, words._("Camera off"), words._("A scanner, a picture or the 16 digits work as well."))
        case "ended":
            return said(words, words._("The video has ended"), words._("Choose another source."))
        case "no_such_file" | "unreadable":
            title = words._("{source} cannot be read", source=name or words._("The video"))
            return said(words, title, words._("Choose another source."))
        case _:
            return _missing(words, state, name or words._("The camera"))


def _missing(words: Words, state: str, camera: str) -> Said:
    """A camera that is tried again by itself."""
    match state:
        case "no_camera":
            title = words._("No camera found")
            return said(words, title, words._("Plug one in, use a scanner, or type the 16 digits."))
        case "unplugged":
            title = words._("{camera} was unplugged", camera=camera)
            return said(words, title, words._("Plug it in again; it starts by itself."))
        case "taken":
            title = words._("{camera} is used by another program", camera=camera)
            return said(words, title, words._("Close the other program; it starts by itself."))
        case "unreachable":
            title = words._("{camera} does not answer", camera=camera)
            return said(words, title, words._("Check its address and the network; it starts by itself."))
        case _:
            title = words._("{camera} gives no picture", camera=camera)
            return said(words, title, words._("It is tried again by itself; or choose another source."))
