"""The manifests for Kubernetes, by what the code knows: nobody here has a cluster to try them on."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
import yaml
from tests.deploy.known import DEPLOY, addresses, faults_of, settings, text
from tests.serve.course import ROOT

from choreo.hub.names import listed
from choreo.hub.networks import Networks
from choreo.hub.operators import Operators

FOLDER = DEPLOY / "kubernetes"
LISTED = yaml.safe_load(text(FOLDER / "kustomization.yaml"))["resources"]
OBJECTS: list[dict[str, Any]] = [one for name in LISTED for one in yaml.safe_load_all(text(FOLDER / name))]
PODS = {one["metadata"]["name"]: one["spec"]["template"] for one in OBJECTS if "template" in one.get("spec", {})}
SERVERS = {"choreo-hub": "hub", "choreo-lessons": "serve", "choreo-door": "door"}
HEALTH = "/door/health"  # all that a door says of itself
STOPS = 8  # seconds that an end itself may take


def only(kind: str, name: str) -> dict[str, Any]:
    (found,) = (one for one in OBJECTS if one["kind"] == kind and one["metadata"]["name"] == name)
    return found


def container(name: str) -> dict[str, Any]:
    (found,) = PODS[name]["spec"]["containers"]
    return dict(found)


def environ(name: str) -> dict[str, Any]:
    return {one["name"]: one.get("value", one.get("valueFrom")) for one in container(name).get("env", [])}


def test_every_file_is_applied() -> None:
    assert {*LISTED, "kustomization.yaml"} == {path.name for path in FOLDER.glob("*.yaml")}
    assert set(PODS) == {"choreo-migrate", *SERVERS}


@pytest.mark.parametrize("name", PODS)
def test_a_pod_runs_what_there_is_and_names_settings_that_are_read(name: str) -> None:
    words = container(name)["args"]
    assert faults_of(words) == []
    assert set(environ(name)) <= settings()
    assert set(only("ConfigMap", "choreo")["data"]) <= settings()
    mounts = {one["mountPath"] for one in container(name)["volumeMounts"]}
    for flag, place in pairwise(words):
        if flag in ("--lessons", "--exercises"):
            assert f"COPY {place.rpartition('/')[2]} {place}" in text(DEPLOY / "Containerfile")
            assert (ROOT / place.rpartition("/")[2]).is_dir()
        if flag == "--data":
            assert place in mounts
    assert {one["name"] for one in container(name)["volumeMounts"]} == {
        one["name"] for one in PODS[name]["spec"]["volumes"]
    }


@pytest.mark.parametrize("name", PODS)
def test_a_pod_is_nobody_and_writes_to_no_root(name: str) -> None:
    pod = PODS[name]["spec"]
    assert pod["automountServiceAccountToken"] is False
    assert (pod["securityContext"]["runAsNonRoot"], pod["securityContext"]["runAsUser"]) == (True, 10001)
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container(name)["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    resources = container(name)["resources"]
    assert set(resources["requests"]) == {"cpu", "memory"}
    assert "memory" in resources["limits"]
    policy = only("NetworkPolicy", name)["spec"]
    assert policy["policyTypes"] == ["Ingress", "Egress"]
    assert policy["podSelector"]["matchLabels"] == PODS[name]["metadata"]["labels"]


@pytest.mark.parametrize("name", SERVERS)
def test_probes_ask_for_what_is_answered_and_an_end_has_time(name: str) -> None:
    one, (port,) = container(name), container(name)["ports"]
    answered = addresses(SERVERS[name])
    asked = {probe: one[probe]["httpGet"] for probe in ("startupProbe", "livenessProbe", "readinessProbe")}
    live, ready = (HEALTH, HEALTH) if name == "choreo-door" else ("/live", "/ready")
    assert {probe: get["path"] for probe, get in asked.items()} == {
        "startupProbe": live,
        "livenessProbe": live,
        "readinessProbe": ready,
    }
    assert {get["path"] for get in asked.values()} <= answered | {HEALTH}
    assert {get["port"] for get in asked.values()} == {port["name"]}
    assert str(port["containerPort"]) in one["args"]
    wait = int(one["lifecycle"]["preStop"]["exec"]["command"][1])
    drain = int(environ(name).get("CHOREO_DRAIN", 0))
    assert PODS[name]["spec"]["terminationGracePeriodSeconds"] >= wait + drain + STOPS
    budget = only("PodDisruptionBudget", name)["spec"]
    assert budget["maxUnavailable"] == 1
    assert budget["selector"]["matchLabels"] == PODS[name]["metadata"]["labels"]
    assert only("Deployment" if name == "choreo-door" else "StatefulSet", name)["spec"]["replicas"] >= 2


def test_doors_and_hubs_name_every_server_behind_them() -> None:
    def named(pod: str, flag: str) -> list[str]:
        words = container(pod)["args"]
        return [place for one, place in pairwise(words) if one == flag]

    def all_of(name: str, service: str, port: int) -> list[str]:
        count = only("StatefulSet", name)["spec"]["replicas"]
        assert only("StatefulSet", name)["spec"]["serviceName"] == service
        return [f"{number}={name}-{number}.{service}:{port}" for number in range(count)]

    lessons = all_of("choreo-lessons", "choreo-lessons", 8001)
    assert named("choreo-door", "--lesson-server") == named("choreo-hub", "--lesson-server") == lessons
    assert named("choreo-door", "--hub") == all_of("choreo-hub", "choreo-hub-each", 8000)


def test_hubs_have_names_wait_for_the_migration_and_passwords_stand_in_no_file() -> None:
    hub = environ("choreo-hub")
    assert (
        hub["CHOREO_PROCESS"]["fieldRef"]["fieldPath"] == "metadata.labels['apps.kubernetes.io/pod-index']"
    )  # a figure
    assert hub["CHOREO_MIGRATE"] == "0"
    assert hub["CHOREO_DATABASE"] == environ("choreo-migrate")["CHOREO_DATABASE"]
    assert "secretKeyRef" in hub["CHOREO_DATABASE"]
    assert "CHOREO_DATABASE" not in environ("choreo-lessons")
    assert not [one for one in OBJECTS if one["kind"] == "Secret"]
    hidden = {one["secret"]["secretName"] for pod in PODS.values() for one in pod["spec"]["volumes"] if "secret" in one}
    assert hidden == {"choreo-secret"}
    lessons = container("choreo-lessons")["args"]
    assert environ("choreo-lessons")["CHOREO_CLOSED"] == lessons[lessons.index("--data") + 1]


def test_doors_are_believed_about_who_came_to_them_wherever_their_pods_are() -> None:
    believed = Networks("CHOREO_PROXIES", listed(only("ConfigMap", "choreo")["data"]["CHOREO_PROXIES"]))
    assert "10.244.1.7" in believed
    assert "203.0.113.9" not in believed
    assert environ("choreo-door")["CHOREO_PROXIES"] == ""  # it believes nobody until somebody is named


def test_nodes_and_prometheus_may_ask_and_what_comes_through_a_proxy_may_not() -> None:
    operators = Operators(listed(only("ConfigMap", "choreo")["data"]["CHOREO_OPERATORS"]))
    assert operators.include("10.244.1.7", {})
    assert not operators.include("203.0.113.9", {})
    assert not operators.include("10.244.1.7", {"x-forwarded-for": "203.0.113.9"})
