"""What an office installs: the wheel carries its data, the pins fit, and nothing names the machine it was made on."""

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import hepartner
from hepartner import data

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DATA_FILES = sorted(path.relative_to(ROOT / "data").as_posix() for path in (ROOT / "data").rglob("*.*"))


def python(*arguments: str, cwd: Path, path: Path | None = None) -> str:
    """Run Python outside the checkout, with one more folder to import from, and return what it printed."""
    # Coverage would measure the installed copy as if it were other source.
    environment = {name: text for name, text in os.environ.items() if not name.startswith("COVERAGE_")}
    environment["PYTHONPATH"] = str(path or "")
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which a freshly built wheel was installed, without the network."""
    wheels, site = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp("site")
    build = [
        "wheel",
        "--no-build-isolation",
        "--no-deps",
        "--no-index",
        "--wheel-dir",
        str(wheels),
        str(ROOT),
    ]
    python("-m", "pip", *build, cwd=wheels)
    (wheel,) = wheels.glob("*.whl")
    python("-m", "pip", "install", "--no-deps", "--no-index", "--target", str(site), str(wheel), cwd=wheels)
    return site


def test_an_installed_wheel_finds_every_data_file_in_itself(site: Path, tmp_path: Path) -> None:
    script = "import sys; from hepartner import data; print(*map(data.path, sys.argv[1:]), sep='\\n')"
    found = python("-c", script, *DATA_FILES, cwd=tmp_path, path=site).splitlines()
    assert [Path(line) for line in found] == [site / "hepartner" / "_data" / name for name in DATA_FILES]
    for name, line in zip(DATA_FILES, found, strict=True):
        assert Path(line).read_bytes() == (ROOT / "data" / name).read_bytes()


def test_a_wheel_holds_the_package_and_its_data_and_nothing_else(site: Path) -> None:
    installed = {path.name for path in site.iterdir()} - {"bin", "Scripts"}
    assert installed == {"hepartner", f"hepartner-{hepartner.__version__}.dist-info"}


def test_a_checkout_finds_its_own_data_folder() -> None:
    assert data.path("README.md") == ROOT / "data" / "README.md"
    assert data.path("README.md").is_file()


@pytest.mark.skipif(
    "hepartner" not in {dist.name for dist in metadata.distributions()},
    reason="hepartner is not installed in this environment (start.py installs it, editable)",
)
def test_an_editable_installation_finds_the_checkouts_data_from_anywhere(tmp_path: Path) -> None:
    script = "from hepartner import data; print(data.path('README.md'))"
    assert Path(python("-c", script, cwd=tmp_path)) == ROOT / "data" / "README.md"


def test_both_commands_lead_to_the_same_door(site: Path) -> None:
    (dist,) = metadata.distributions(path=[str(site)])
    commands = {
        script.name: script.value for script in dist.entry_points if script.group == "console_scripts"
    }
    assert commands == {"hepartner": "hepartner.__main__:main", "hep": "hepartner.__main__:main"}


def pins() -> dict[str, str]:
    """Read constraints.txt as canonical name → exact version; any other line fails."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    named = [re.fullmatch(r"([A-Za-z0-9._-]+)==([0-9][0-9a-z.]*)", line) for line in lines if line[:1] != "#"]
    assert None not in named
    return {canonicalize_name(pin[1]): pin[2] for pin in named if pin}


def test_every_dependency_has_a_lower_bound_and_a_pin_that_fits() -> None:
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
    pinned = pins()
    offences = []
    for requirement in map(Requirement, wanted):
        has_lower_bound = any(clause.operator == ">=" for clause in requirement.specifier)
        if not (
            has_lower_bound and pinned.get(canonicalize_name(requirement.name), "") in requirement.specifier
        ):
            offences.append(str(requirement))
    assert offences == []


def test_the_pins_cover_what_the_dependencies_need_in_turn() -> None:
    pinned = pins()
    pending = [Requirement(text) for texts in PROJECT["optional-dependencies"].values() for text in texts]
    pending += [Requirement(text) for text in PROJECT["dependencies"]]
    seen: set[str] = set()
    offences = []
    while pending:
        requirement = pending.pop()
        name = canonicalize_name(requirement.name)
        if name in seen or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        seen.add(name)
        if pinned.get(name, "") not in requirement.specifier:
            offences.append(str(requirement))
        pending += map(Requirement, metadata.requires(name) or [])
    assert offences == []


def test_this_environment_holds_the_pinned_versions() -> None:
    installed = {canonicalize_name(dist.name): dist.version for dist in metadata.distributions()}
    assert {
        name: version for name, version in pins().items() if installed.get(name, version) != version
    } == {}


def test_every_imported_library_is_declared() -> None:
    declared = {canonicalize_name(Requirement(text).name) for text in PROJECT["dependencies"]}
    owners = metadata.packages_distributions()
    statement = re.compile(r"^\s*(?:import|from) ([a-z_0-9]+)", re.MULTILINE)
    offences = []
    for path in (ROOT / "hepartner").rglob("*.py"):
        for library in statement.findall(path.read_text(encoding="utf-8")):
            known = {canonicalize_name(owner) for owner in owners.get(library, [])}
            if library in owners and library != "hepartner" and not known & declared:
                offences.append(f"{path.relative_to(ROOT).as_posix()} imports {library}")
    assert offences == []


def test_every_declared_library_is_used() -> None:
    owned: dict[str, set[str]] = {}
    for module, owners in metadata.packages_distributions().items():
        for owner in owners:
            owned.setdefault(canonicalize_name(owner), set()).add(module)
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "hepartner").rglob("*.py"))
    # Imported, or found without importing it: of pypinyin only a table is read.
    used = set(re.findall(r"""(?:^\s*(?:import|from) |find_spec\(")([a-z_0-9]+)""", text, re.MULTILINE))
    declared = [canonicalize_name(Requirement(text).name) for text in PROJECT["dependencies"]]
    assert [name for name in declared if not owned.get(name, {name}) & used] == []


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="only a git checkout knows which files are tracked")
def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    address = "https?://[^ )\"']*/(?:simple|packages)/|(?:index-url|find-links)[ =]+https?:"
    # A home folder, or the folder that this checkout happens to lie in, unless that says nothing.
    roots = {Path(ROOT.anchor), Path(tempfile.gettempdir())}
    homes = {folder for folder in (Path.home(), ROOT.parent) if folder not in roots}
    place = "|".join(rf"(?<![\w./:-]){re.escape(f'{folder}{os.sep}')}" for folder in homes)
    banned = re.compile("|".join(filter(None, [address, place])).encode())
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    tracked = [ROOT / name for name in listed.split("\0") if name]
    offences = [path.name for path in tracked if path.is_file() and banned.search(path.read_bytes())]
    assert offences == []
