"""A JupyterHub with Choreo as its service: whoever is signed in learns, and its authors write the course.

    CHOREO_COURSE=/srv/course jupyterhub -f jupyterhub_config.py

What is marked "for trying" is for one machine and people who trust each other; `try.sh` beside this file uses it as it stands.
"""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

c = get_config()  # noqa: F821 (JupyterHub brings it)

HOST = os.environ.get("CHOREO_HUB", "http://hub.localhost:8800")  # where browsers find the JupyterHub
COURSE = Path(os.environ["CHOREO_COURSE"]).resolve()  # a folder with lessons/ and exercises/
DATA = Path(os.environ.get("CHOREO_DATA", "choreo-data")).resolve()  # people's work; authors' servers must not reach it
AUTHORS = "choreo-authors"  # the group of those who write the course

# -- the JupyterHub ------------------------------------------------------------------------------------------------------

c.JupyterHub.bind_url = f"http://127.0.0.1:{urlsplit(HOST).port or 8000}"
# Needed: each user's server, and the course, get a host name of their own (*.hub.example.org in DNS and in the certificate).
# Without it they share an origin, and a page in one author's JupyterLab could act in the course as whoever looks at it.
c.JupyterHub.subdomain_host = HOST

c.JupyterHub.authenticator_class = "dummy"  # for trying: anybody is let in under any name; use your own
c.Authenticator.allow_all = True  # for trying
c.JupyterHub.spawner_class = "simple"  # for trying: all servers run as one system user
c.SimpleLocalProcessSpawner.home_dir_template = str(DATA.parent / "homes" / "{username}")  # for trying
if hasattr(os, "geteuid") and os.geteuid() == 0:
    c.Spawner.args = ["--allow-root"]  # for trying, in a container

# -- the course ----------------------------------------------------------------------------------------------------------

c.JupyterHub.services = [
    {
        "name": "choreo",
        # Where it listens, for the JupyterHub's proxy alone.
        "url": os.environ.get("CHOREO_AT", "http://127.0.0.1:10101"),
        "command": [
            *(sys.executable, "-m", "choreo.authoring.main", "start", "--jupyterhub"),
            *("--course", str(COURSE), "--data", str(DATA)),
        ],
        # "user": "choreo",  # a system user of its own (needs a JupyterHub run as root; not tried): lessons are programs,
        #                      and must not read the JupyterHub's own files
        "environment": {"CHOREO_PROXIES": "127.0.0.1,::1"},  # the JupyterHub's proxy says who a client is
        "oauth_no_confirm": True,  # it learns a user's name and groups, and makes a sealed mark of the name
        "display": True,
    }
]
NAMES = ("read:users:name!user", "read:users:groups!user")  # what the JupyterHub tells a service of who signs in
c.JupyterHub.load_roles = [
    {"name": "user", "scopes": ["access:services!service=choreo", *NAMES]},  # learners need no server
    {"name": AUTHORS, "groups": [AUTHORS], "scopes": ["self"]},
]
course = urlsplit(HOST)
c.JupyterHub.default_url = f"{course.scheme}://choreo--service.{course.netloc}/services/choreo/"  # learners land here

# -- authors: JupyterLab with the course's folder ------------------------------------------------------------------------

# Or groups of your own login.
c.JupyterHub.load_groups = {AUTHORS: {"users": os.environ.get("CHOREO_AUTHORS", "").split()}}
c.Spawner.group_overrides = {
    AUTHORS: {
        "groups": [AUTHORS],
        "spawner_override": {
            "notebook_dir": str(COURSE),
            "default_url": "/lab/tree/lessons",
            "environment": {"CHOREO_EXERCISES": str(COURSE / "exercises")},
        },
    }
}
