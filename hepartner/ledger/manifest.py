"""The manifest of a backup: what the file was when it was made, so that one changed bit of either is seen."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from . import errors
from .chain import Anchor
from .retention import Taken


class NotAManifest(errors.BadFile):
    """The file beside a backup is not as hepartner wrote it."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"备份清单 {path} 被改动过或已损坏，不能证明备份完好。请换用另一份备份。")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands in the manifest; `ledger` is the uid of the ledger's first voucher, `counts` the rows of each table.

    `forgotten` are the uids of the cards that were forgotten by then: an older backup forgets them when it is restored.
    """

    file: str
    bytes: int
    sha256: str
    ledger: str
    taken_at: str
    anchor: str
    vouchers: int
    points: int
    head: str
    counts: dict[str, int]
    forgotten: list[str]
    schema: int
    program: str
    sqlite: str

    @property
    def taken(self) -> Taken:
        """When it was taken and of which format, for rotation."""
        return Taken(datetime.fromisoformat(self.taken_at), self.schema)

    @property
    def state(self) -> Anchor:
        """The anchor with its whole head."""
        return Anchor(self.vouchers, self.points, self.head)

    @property
    def fields(self) -> dict[str, Any]:
        """What stands in it, by name."""
        return asdict(self)

    def text(self) -> str:
        """Return the manifest as it is written; its last field is a hash of all others."""
        fields = self.fields
        said = json.dumps(fields, ensure_ascii=False, sort_keys=True)
        return json.dumps(
            fields | {"manifest": sha256(said.encode()).hexdigest()}, ensure_ascii=False, indent=1
        )


def manifest_path(backup: Path) -> Path:
    """Return where the manifest of a backup lies: beside it."""
    return backup.with_suffix(".json")


def read_manifest(path: Path) -> Manifest:
    """Read a manifest. Raises NotAManifest if it is not to the letter what was written, OSError."""
    try:
        text = path.read_bytes().decode()
        fields = json.loads(text)
        del fields["manifest"]
        manifest = Manifest(**fields)
    except (ValueError, TypeError, KeyError) as error:
        raise NotAManifest(path) from error
    if manifest.text() != text:
        raise NotAManifest(path)
    return manifest
