"""What a JupyterHub tells its services at their start, by the names that its documentation gives to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

NEEDED = ("JUPYTERHUB_API_TOKEN", "JUPYTERHUB_API_URL", "JUPYTERHUB_CLIENT_ID", "JUPYTERHUB_OAUTH_CALLBACK_URL")
CALLBACK = "/oauth_callback"


class ServiceError(ValueError):
    """What the JupyterHub should have told is not there; the message says what, and what helps."""


@dataclass(frozen=True)
class Service:
    """The course as the JupyterHub knows it, and where the JupyterHub is."""

    client: str  # the name by which it asks who somebody is
    token: str = field(repr=False)  # its password for that
    api: str  # where the JupyterHub is for this machine: http://127.0.0.1:8081/hub/api
    hub: str  # where its pages are for browsers: https://hub.example.org/hub
    callback: str  # where it sends browsers back to, as it says it itself

    @property
    def sign_out(self) -> str:
        """Where somebody signs out of the JupyterHub."""
        return f"{self.hub}/logout"

    def asks(self, state: str, challenge: str) -> str:
        """The address at which the JupyterHub asks a browser who it is (RFC 6749, 4.1.1; RFC 7636, 4.3)."""
        asked = {
            "response_type": "code",
            "client_id": self.client,
            "redirect_uri": self.callback,
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{self.hub}/api/oauth2/authorize?{urlencode(asked)}"


@dataclass(frozen=True)
class Post:
    """Where the JupyterHub wants the course to be."""

    host: str  # to listen at; "" where it does not say
    port: int
    public: str  # for everybody: an address, or the path alone


def read_service(environ: Mapping[str, str]) -> Service:
    """What the environment says; raise ServiceError."""
    missing = [name for name in NEEDED if not environ.get(name)]
    if missing:
        raise ServiceError(
            f"{', '.join(missing)}: not in the environment; a JupyterHub gives this to a service that it starts "
            "(c.JupyterHub.services with a command and a url), or leave out --jupyterhub."
        )
    token, api, client, callback = (environ[name] for name in NEEDED)
    if urlsplit(api).scheme not in ("http", "https"):
        raise ServiceError(f"JUPYTERHUB_API_URL: {api} is no address; write one such as http://127.0.0.1:8081/hub/api.")
    hub, own = environ.get("JUPYTERHUB_HOST", ""), environ.get("JUPYTERHUB_PUBLIC_URL", "")
    if not hub or urlsplit(hub).netloc == urlsplit(own).netloc:
        raise ServiceError(
            "JUPYTERHUB_HOST: users' servers and the course share one origin, so a page of one user's server could act in the "
            "course as whoever looks at it; give each a host name with c.JupyterHub.subdomain_host."
        )
    pages = hub.rstrip("/") + environ.get("JUPYTERHUB_BASE_URL", "/") + "hub"
    return Service(client, token, api.rstrip("/"), pages, callback)


def read_post(environ: Mapping[str, str]) -> Post:
    """Where the environment wants the course; raise ServiceError."""
    at = environ.get("JUPYTERHUB_SERVICE_URL", "")
    public = environ.get("JUPYTERHUB_PUBLIC_URL") or environ.get("JUPYTERHUB_SERVICE_PREFIX", "")
    try:
        place = urlsplit(at)
        return Post(place.hostname or "", place.port or 0, public)
    except ValueError as error:
        raise ServiceError(
            f"JUPYTERHUB_SERVICE_URL: {at} is no address; write one such as http://127.0.0.1:10101."
        ) from error
