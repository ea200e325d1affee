"""The files to deploy with say what they must, and agree with each other."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest
import yaml

from academy.__main__ import main

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"


def test_the_compose_file_has_two_sites_behind_nginx_and_one_store():
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    sites = {name for name in composed["services"] if name.startswith("site-")}
    assert set(composed["services"]["front"]["depends_on"]) == sites == {"site-1", "site-2"}
    assert composed["services"]["site-1"]["environment"]["ACADEMY_RECORDS"].startswith("postgresql")


def test_nginx_and_the_units_name_the_same_processes():
    ports = set(re.findall(r"server 127\.0\.0\.1:(\d+)", (DEPLOY / "nginx.conf").read_text()))
    told = (ROOT / "docs" / "deploying.md").read_text(encoding="utf-8")
    assert ports and all(f"academy@{port}" in told for port in ports)


@pytest.mark.parametrize("unit", sorted(path.name for path in (DEPLOY / "systemd").iterdir()))
def test_each_unit_can_be_read(unit):
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.read_string((DEPLOY / "systemd" / unit).read_text(encoding="utf-8"))
    assert read["Unit"]["description"]


def test_what_is_done_each_night_is_a_command_that_there_is(capsys):
    night = (DEPLOY / "systemd" / "academy-nightly.service").read_text(encoding="utf-8")
    commands = re.findall(r"-m academy (\w+) (\w+)", night)
    assert commands
    for group, command in commands:
        with pytest.raises(SystemExit) as ended:
            main([group, command, "--help"])
        assert ended.value.code == 0
        assert command in capsys.readouterr().out
