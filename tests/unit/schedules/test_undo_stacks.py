"""Undo and redo as two stacks replayed from the log, against a plain editor's."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.rules.history import Step, stacks


@pytest.mark.parametrize(
    ("steps", "undo", "redo"),
    [
        ([], [], []),
        ([Step(1), Step(4)], [1, 4], []),
        ([Step(1), Step(2, undoes=1, is_undo=True)], [], [2]),
        ([Step(1), Step(2, undoes=1, is_undo=True), Step(3, undoes=2)], [3], []),
        ([Step(1), Step(2, undoes=1, is_undo=True), Step(3)], [3], []),
        ([Step(1), Step(2), Step(3, undoes=2, is_undo=True), Step(4, undoes=1, is_undo=True)], [], [3, 4]),
        ([Step(1), Step(2, is_dropped=True)], [1], []),
        ([Step(1), Step(2, undoes=1, is_undo=True, is_dropped=True)], [], []),
        ([Step(9, undoes=3, is_undo=True)], [], [9]),  # what it took back lies below the log's floor
    ],
)
def test_stacks__known_logs__are_as_an_editor_has_them(steps: list[Step], undo: list[int], redo: list[int]) -> None:
    assert stacks(steps) == (undo, redo)


@dataclass
class Editor:
    """The two stacks as any editor keeps them, and the log that they leave."""

    steps: list[Step] = field(default_factory=list)
    undo: list[int] = field(default_factory=list)
    redo: list[int] = field(default_factory=list)

    def act(self, action: str) -> None:
        version = len(self.steps) + 1
        if action == "edit":
            self.steps.append(Step(version))
            self.undo.append(version)
            self.redo.clear()
        elif action == "undo" and self.undo:
            self.steps.append(Step(version, undoes=self.undo.pop(), is_undo=True))
            self.redo.append(version)
        elif action == "redo" and self.redo:
            self.steps.append(Step(version, undoes=self.redo.pop()))
            self.undo.append(version)
        elif action == "skip" and self.undo:
            dropped = self.undo.pop()
            self.steps = [
                Step(step.version, step.undoes, step.is_undo, step.is_dropped or step.version == dropped)
                for step in self.steps
            ]


@given(st.lists(st.sampled_from(["edit", "undo", "redo", "skip"]), max_size=40))
def test_stacks__any_sequence__equal_those_of_an_editor(actions: list[str]) -> None:
    editor = Editor()
    for action in actions:
        editor.act(action)
        assert stacks(editor.steps) == (editor.undo, editor.redo)
