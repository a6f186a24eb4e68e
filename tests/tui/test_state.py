from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.state import PLACES_KEPT, Place, State, load, save

places = st.builds(
    Place,
    st.lists(st.text(), max_size=3).map(tuple),
    st.text(),
    st.none() | st.text(),
)
states = st.builds(
    State,
    st.none() | st.text(),
    st.lists(st.text(), max_size=3).map(tuple),
    st.lists(places, max_size=4).map(tuple),
)


@given(state=states)
def test_what_is_saved_is_loaded(tmp_path_factory, state: State) -> None:
    path = tmp_path_factory.mktemp("state") / "deep" / "state.json"
    save(path, state)
    assert load(path) == state
    assert [p.name for p in path.parent.iterdir()] == ["state.json"]


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b"null", b"\xff\xfe\x00", b'{"places": 3}', b'{"places": [{}]}',
     b'{"places": [{"paths": "x"}]}', b'{"hidden_types": {"a": 1}}',
     b'{"places": [{"paths": [1]}]}', b'{"places": [{"paths": [], "query": 3}]}',
     b"[" * 100_000],
)  # fmt: skip
def test_a_damaged_file_is_ignored(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "state.json"
    path.write_bytes(damage)
    assert load(path) == State()


def test_a_file_that_is_not_there_is_an_empty_state(tmp_path: Path) -> None:
    assert load(tmp_path / "none.json") == State()


def test_where_nothing_can_be_written_nothing_happens(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    save(tmp_path / "file" / "state.json", State(theme="x"))
    assert load(tmp_path / "file" / "state.json") == State()


def test_the_last_place_comes_first_and_old_ones_go() -> None:
    state = State()
    for number in range(PLACES_KEPT + 5):
        state = state.at(Place((f"/{number}",), "first"))
    state = state.at(Place(("/20",), "again", "id"))
    assert len(state.places) == PLACES_KEPT
    assert state.places[0] == Place(("/20",), "again", "id")
    assert state.place(["/20"]).query == "again"
    assert state.place(["/0"]) == Place(("/0",))
