from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from academy.content.schema import json_schemas
from academy.content.source import LOADER, split_front_matter

ROOT = Path(__file__).parent.parent.parent
SCHEMAS = ROOT / "curriculum/schemas"
FILES = {
    "framework": "curriculum/framework.yaml",
    "facts": "curriculum/facts/shop.yaml",
    "bank": "quizzes/shop-health.yaml",
    "assessment": "curriculum/assessment/base.yaml",
    "glossary": "curriculum/glossary.yaml",
    "shop": "curriculum/shops/xiaoman.yaml",
    "lesson": "curriculum/lessons/base/shop-health/basic.zh.md",
    "stage": "curriculum/stages/preparing.en.md",
}


@pytest.mark.parametrize("name", json_schemas())
def test_the_schemas_that_editors_use_are_those_of_the_loader(name):
    kept = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert kept == json_schemas()[name], "Run: python -m academy content schema"


def test_there_is_no_schema_of_anything_else():
    assert {path.name for path in SCHEMAS.iterdir()} == {
        f"{name}.schema.json" for name in json_schemas()
    }


@pytest.mark.parametrize(("name", "file"), FILES.items())
def test_an_editor_accepts_good_content_and_refuses_an_unknown_key(tree, name, file):
    text = (tree.root / file).read_text(encoding="utf-8")
    front = split_front_matter(text)[0] if file.endswith(".md") else text
    # Dates are texts in JSON; everything else is the same in both.
    data = json.loads(json.dumps(yaml.load(front, Loader=LOADER), default=str))
    check = jsonschema.Draft202012Validator(json_schemas()[name])
    assert list(check.iter_errors(data)) == []
    assert list(check.iter_errors({**data, "extra": 1})) != []


def test_each_kind_of_file_is_given_its_schema_in_the_editor_settings():
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
    given = {Path(path).name for path in settings["yaml.schemas"]}
    kinds = ("framework", "facts", "bank", "assessment", "glossary", "shop")
    assert given == {f"{name}.schema.json" for name in kinds}
