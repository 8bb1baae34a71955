"""Tokens and join codes."""

from __future__ import annotations

from choreo.hub.live.tokens import code_in, fits, hashed, new_code, new_session, new_token, screen_token, session_of


def test_a_screen_token_is_made_from_the_host_token_and_opens_nothing_else() -> None:
    session = new_session()
    host = new_token("h", session)
    screen = screen_token(host)
    assert screen == screen_token(host)
    assert session_of(screen, "s") == session
    assert session_of(screen, "h") is None
    assert not fits("h" + screen[1:], hashed(host))
    assert fits(screen, hashed(screen))


def test_codes_are_read_as_people_type_them() -> None:
    code = new_code()
    for typed in (
        code,
        code.lower(),
        f" {code[:3]} {code[3:]} ",
        f"{code[:3]}-{code[3:]}",
        f"\u200e{code[:3]}\u2011\u200b{code[3:]}\u00ad",
    ):
        assert code_in(typed) == code
    for wrong in (code[:5], code + "A", code[:5] + "1", "", None, 7, ["A"] * 6):
        assert code_in(wrong) is None
