"""What is in docs/deploy says what the bot says: settings, commands, ports, pages, files."""

from __future__ import annotations

import ast
import configparser
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.cli import _parser
from bot.settings import PREFIX, Settings
from bot.web.hook import LARGEST
from bot.web.status import STATUS_PATHS

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "docs" / "deploy"
FILES = [path for path in sorted(DEPLOY.rglob("*")) if path.is_file()]
SETTING = re.compile(rf"\b{PREFIX}([A-Z_]+)")


def read(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def manifests(name: str) -> dict[str, Any]:
    """Return the manifests of a file, by kind."""
    return {manifest["kind"]: manifest for manifest in yaml.safe_load_all(read(f"kubernetes/{name}.yaml"))}


def instructions(word: str) -> list[str]:
    """Return the arguments of all instructions of the Dockerfile with this word."""
    joined = read("Dockerfile").replace("\\\n", " ")
    return [line.removeprefix(f"{word} ").strip() for line in joined.splitlines() if line.startswith(f"{word} ")]


def image_settings() -> dict[str, str]:
    pairs = " ".join(instructions("ENV")).split()
    return dict(pair.split("=", 1) for pair in pairs if pair.startswith(PREFIX))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_settings_that_are_named_exist(path: Path) -> None:
    named = {name.lower() for name in SETTING.findall(path.read_text(encoding="utf-8"))}
    assert named <= Settings.model_fields.keys()


def test_the_settings_of_the_image_are_taken() -> None:
    given = {name.removeprefix(PREFIX).lower(): value for name, value in image_settings().items()}
    assert Settings(**given).status_listen == "0.0.0.0:9100"  # type: ignore[arg-type]


def test_commands_that_are_named_exist() -> None:
    running = read("gfcbot.service")
    container = manifests("bot")["Deployment"]["spec"]["template"]["spec"]["containers"][0]
    job = manifests("migration")["Job"]["spec"]["template"]["spec"]["containers"][0]
    saving = read("gfcbot-backup.service")
    calls = [
        ast.literal_eval(instructions("CMD")[0]),
        *(re.findall(r"^ExecStart=\S+/gfcbot (.+)$", text, re.MULTILINE)[0].split() for text in (running, saving)),
        container["args"],
        job["args"],
    ]
    for call in calls:
        assert _parser().parse_args(call).command


def test_ports_and_pages_agree() -> None:
    container = manifests("bot")["Deployment"]["spec"]["template"]["spec"]["containers"][0]
    ports = {port["name"]: port["containerPort"] for port in container["ports"]}
    assert image_settings()["GFCBOT_STATUS_LISTEN"].endswith(f":{ports['status']}")
    assert image_settings()["GFCBOT_WEBHOOK_LISTEN"].endswith(f":{ports['webhook']}")
    assert {str(port) for port in ports.values()} == set(instructions("EXPOSE")[0].split())
    probes = {name: container[f"{name}Probe"]["httpGet"] for name in ("startup", "liveness", "readiness")}
    assert all(probe["port"] == "status" for probe in probes.values())
    assert (probes["liveness"]["path"], probes["readiness"]["path"]) == STATUS_PATHS[:2]
    assert f"127.0.0.1:{ports['status']}{STATUS_PATHS[0]}" in read("Dockerfile")
    assert Settings().webhook_listen == "127.0.0.1:8443"
    assert "reverse_proxy 127.0.0.1:8443" in read("Caddyfile")
    assert "proxy_pass http://127.0.0.1:8443;" in read("nginx.conf")


def test_proxies_pass_on_one_path_and_no_larger_body_than_the_bot_takes() -> None:
    path = manifests("bot")["Ingress"]["spec"]["rules"][0]["http"]["paths"][0]
    assert (path["path"], path["pathType"]) == ("/telegram", "Exact")
    assert "location = /telegram {" in read("nginx.conf")
    assert "handle /telegram {" in read("Caddyfile")
    assert LARGEST == 1024 * 1024
    assert "client_max_body_size 1m;" in read("nginx.conf")
    assert "max_size 1MiB" in read("Caddyfile")


@pytest.mark.parametrize(("file", "kind"), [("bot", "Deployment"), ("migration", "Job")])
def test_pods_have_no_rights(file: str, kind: str) -> None:
    pod = manifests(file)[kind]["spec"]["template"]["spec"]
    container = pod["containers"][0]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert f"{pod['securityContext']['runAsUser']}:{pod['securityContext']['runAsGroup']}" == instructions("USER")[-1]
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container["resources"]["limits"]["memory"]


def test_there_is_time_to_finish_what_is_in_flight() -> None:
    seconds = Settings().stop_seconds
    pod = manifests("bot")["Deployment"]["spec"]["template"]["spec"]
    pause = int(pod["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][1])
    assert pod["terminationGracePeriodSeconds"] > seconds * 2 + pause
    compose = yaml.safe_load(read("compose.yaml"))["services"]["bot"]
    assert int(compose["stop_grace_period"].removesuffix("s")) > seconds * 2
    assert int(re.findall(r"^TimeoutStopSec=(\d+)$", read("gfcbot.service"), re.MULTILINE)[0]) > seconds * 2


def test_compose_builds_this_image_and_waits_for_its_database() -> None:
    services = yaml.safe_load(read("compose.yaml"))["services"]
    bot = services["bot"]
    assert (DEPLOY / bot["build"]["context"]).resolve() == ROOT
    assert (ROOT / bot["build"]["dockerfile"]).is_file()
    assert bot["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert services["database"]["healthcheck"]["test"]
    assert bot["read_only"]
    assert bot["cap_drop"] == ["ALL"]
    # What is public is the proxy's business.
    assert all(port.startswith("127.0.0.1:") for port in bot["ports"])
    url = bot["environment"]["GFCBOT_DATABASE_URL"]
    assert Settings(database_url=re.sub(r"\$\{[^}]*\}", "word", url))


def test_the_image_gets_only_what_it_copies_and_that_is_there() -> None:
    allowed = {line[1:] for line in read("Dockerfile.dockerignore").splitlines() if line.startswith("!")}
    copied = {part for line in instructions("COPY") if "--from" not in line for part in line.split()[:-1]}
    assert copied == allowed
    assert all((ROOT / name).exists() for name in allowed)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]) <= copied
    assert {project["project"]["readme"], *project["project"]["license-files"]} <= copied


def test_the_image_keeps_the_tables_of_towns_that_are_read() -> None:
    read_by_the_bot = set(re.findall(r"cities\d+\.json", (ROOT / "bot/routing/towns.py").read_text(encoding="utf-8")))
    removed = set(re.findall(r"cities\d+\.json", read("Dockerfile")))
    assert read_by_the_bot
    assert not read_by_the_bot & removed


def test_the_units_are_hardened_and_stay_down_when_something_must_be_put_right() -> None:
    service, saving = unit("gfcbot.service"), unit("gfcbot-backup.service")
    for name in ("NoNewPrivileges", "PrivateDevices", "PrivateTmp", "ProtectHome", "RestrictNamespaces"):
        assert service[name] == saving[name] == "yes"
    for name in ("User", "EnvironmentFile", "StateDirectory", "WorkingDirectory", "UMask", "ProtectSystem"):
        assert service[name] == saving[name]
    assert (service["User"], service["ProtectSystem"], service["CapabilityBoundingSet"]) == ("gfcbot", "strict", "")
    assert (service["Restart"], service["RestartPreventExitStatus"]) == ("on-failure", "2")


def unit(name: str) -> configparser.SectionProxy:
    """Return what a unit of systemd says of its service."""
    parser = configparser.RawConfigParser(strict=False, comment_prefixes="#")
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(read(name))
    return parser["Service"]
