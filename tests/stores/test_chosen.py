import pytest

from choreo.progress.store import StoreError
from choreo.stores.chosen import chosen_store, learner_pass
from choreo.stores.file import FileStore
from choreo.stores.hub import HubStore


def test_without_a_hub_work_is_kept_in_a_file():
    assert isinstance(chosen_store({}), FileStore)


def test_with_a_hub_the_learner_s_cookie_decides():
    environ = {"CHOREO_HUB": "http://127.0.0.1:8000", "HTTP_COOKIE": "_xsrf=2|a|b; choreo_learner=abc.def.ghi"}
    assert isinstance(chosen_store(environ), HubStore)


@pytest.mark.parametrize(
    "foreign", ['zoomdata={"a": "b c"}', "a=b=c", "x", "=", 'q="a; b"', "choreo_learner2=no", "é=ü", "a b=c[]@:"]
)
def test_cookies_of_other_programs_on_this_host_do_not_matter(foreign):
    for header in (f"{foreign}; choreo_learner=abc.def.ghi", f"choreo_learner=abc.def.ghi;{foreign}"):
        assert learner_pass(header) == "abc.def.ghi"
        assert isinstance(chosen_store({"CHOREO_HUB": "http://127.0.0.1:8000", "HTTP_COOKIE": header}), HubStore)


@pytest.mark.parametrize("cookie", ["", "other=1", "choreo_learner", ";;;=", "\x00"])
def test_with_a_hub_and_no_pass_nothing_is_kept_silently_elsewhere(cookie):
    with pytest.raises(StoreError, match="home page"):
        chosen_store({"CHOREO_HUB": "http://127.0.0.1:8000", "HTTP_COOKIE": cookie})


def test_a_hub_that_is_away_is_told_in_the_learner_s_words():
    store = HubStore("http://127.0.0.1:1", "token")
    with pytest.raises(StoreError, match="does not answer"):
        store.entries("09-choreography")
