"""Taking the tour: the demo driven by itself, a line for each step, a picture of each screen."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from merchant_app.demo.showing import Showing
from merchant_app.demo.stage import Stage
from merchant_app.demo.tour.guide import LOOKS, Guide
from merchant_app.demo.tour.steps import STEPS, Step
from merchant_app.demo.tour.waiting import CameOtherwiseError
from merchant_app.demo.world import World
from merchant_app.wording import Words


def take_tour(app: QApplication, world: World, folder: Path, words: Words, steps: Sequence[Step] = STEPS) -> bool:
    """Whether every step came out as told. Pictures go to `folder`, lines to standard output."""
    folder.mkdir(parents=True, exist_ok=True)
    stage = Stage(app, world, LOOKS[0][0])
    stage.till.sounds.is_muted = True
    showing = Showing(stage, world)
    stage.show()
    showing.start()
    try:
        return _walk(Guide(app, world, stage, showing, folder, words), steps)
    finally:
        stage.close()


def _walk(guide: Guide, steps: Sequence[Step]) -> bool:
    for number, step in enumerate(steps, start=1):
        try:
            said = step(guide)
        except CameOtherwiseError as other:
            guide.stage.grab().save(str(guide.folder / f"otherwise-{step.__name__}.png"))
            print(f"✗ {number:2}/{len(steps)} {step.__name__}", flush=True)
            print("   " + guide.words._("expected: {expected}", expected=other.expected), flush=True)
            print("   " + guide.words._("came: {came}", came=other.came), flush=True)
            return False
        print(f"✓ {number:2}/{len(steps)} {said}", flush=True)
    return True
