"""What a JupyterHub tells its services; and that without one nothing of it is there."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest
from tests.hub.jupyterhub.signing import CALLBACK
from tests.hub.visiting import Hub
from typer.testing import CliRunner

from choreo.authoring.main import app
from choreo.hub.jupyterhub.service import Post, Service, ServiceError, read_post, read_service

ENVIRON = {
    "JUPYTERHUB_API_TOKEN": "hush",
    "JUPYTERHUB_API_URL": "http://127.0.0.1:8081/hub/api",
    "JUPYTERHUB_CLIENT_ID": "service-choreo",
    "JUPYTERHUB_OAUTH_CALLBACK_URL": CALLBACK,
    "JUPYTERHUB_HOST": "https://h.example",
    "JUPYTERHUB_BASE_URL": "/",
    "JUPYTERHUB_SERVICE_URL": "http://127.0.0.1:10101",
    "JUPYTERHUB_SERVICE_PREFIX": "/services/choreo/",
}


def test_a_start_says_what_is_missing_and_takes_no_other_port(monkeypatch: pytest.MonkeyPatch) -> None:
    told = CliRunner().invoke(app, ["start", "--jupyterhub"])
    assert told.exit_code == 1
    assert "JUPYTERHUB_API_TOKEN" in told.output
    with socket.create_server(("127.0.0.1", 0)) as taken:
        at = f"http://127.0.0.1:{taken.getsockname()[1]}"
        told = CliRunner().invoke(app, ["start", "--jupyterhub"], env=ENVIRON | {"JUPYTERHUB_SERVICE_URL": at})
    assert told.exit_code == 1
    assert "is taken; give the service another url" in told.output


def test_what_a_jupyterhub_tells_is_read_and_what_is_missing_is_named() -> None:
    api, pages = "http://127.0.0.1:8081/hub/api", "https://h.example/hub"
    assert read_service(ENVIRON) == Service("service-choreo", "hush", api, pages, CALLBACK)
    assert read_service(ENVIRON | {"JUPYTERHUB_BASE_URL": "/jupyter/"}).hub == "https://h.example/jupyter/hub"
    assert read_post(ENVIRON) == Post("127.0.0.1", 10101, "/services/choreo/")
    public = {"JUPYTERHUB_PUBLIC_URL": "https://h.example/services/choreo/"}
    assert read_post(ENVIRON | public).public == public["JUPYTERHUB_PUBLIC_URL"]
    with pytest.raises(ServiceError, match=r"JUPYTERHUB_API_TOKEN.*leave out --jupyterhub"):
        read_service({})
    for shared in ({"JUPYTERHUB_HOST": ""}, {"JUPYTERHUB_PUBLIC_URL": "https://h.example/services/choreo/"}):
        with pytest.raises(ServiceError, match=r"share one origin.*subdomain_host"):
            read_service(ENVIRON | shared)
    with pytest.raises(ServiceError, match="is no address"):
        read_service(ENVIRON | {"JUPYTERHUB_API_URL": "file:///etc/passwd"})
    with pytest.raises(ServiceError, match="is no address"):
        read_post({"JUPYTERHUB_SERVICE_URL": "http://x:y"})


def test_without_a_jupyterhub_nothing_of_it_is_there(hub: Hub) -> None:
    plain = Hub(replace(hub.settings, jupyterhub=None), hub.clock)
    browser = plain.browser()
    page = browser.get("/")
    assert page.status_code == 200
    assert "JupyterHub" not in page.text
    assert "set-cookie" not in page.headers
    assert browser.get("/oauth_callback?code=x&state=y").status_code == 404
