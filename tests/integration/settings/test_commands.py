"""The commands: mapping first, then the migration; reset."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from settings_app.models import ConfigVersion
from shiftsync.core.encoding import encode
from tests.conftest import Connect
from tests.contract.settings.test_replacing_socket import BAD, FILES, WHOLE
from tests.support.world import World


@pytest.mark.parametrize("name", WHOLE)
def test_migrate_settings__each_form__shows_its_mapping_first(
    world: World, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    before = world.position.version
    call_command("migrate_settings", str(FILES / f"{name}.json"), "--restaurant", str(world.id), "--dry-run")
    shown = capsys.readouterr().out
    assert "staffGroups: " in shown
    assert "rows would be migrated" in shown
    assert world.position.version == before


def test_migrate_settings__a_file__open_clients_see_it(
    world: World, connect: Connect, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "settings.json"
    file.write_text(encode(BAD))
    client = connect()
    with pytest.raises(CommandError, match="Nothing was written"):
        call_command("migrate_settings", str(file), "--restaurant", str(world.id))
    call_command("migrate_settings", str(file), "--restaurant", str(world.id), "--skip-invalid")
    told = client.expect("SETTINGS_SYNC_RESPONSE")["payload"]["settings"]
    assert told["version"]["name"] == "Migrated from localStorage"
    capsys.readouterr()
    call_command("migrate_settings", str(file), "--restaurant", str(world.id), "--skip-invalid")
    assert "already been migrated" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"{", b"\xff"])
def test_migrate_settings__no_json__is_told_in_one_line(world: World, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    with pytest.raises(CommandError, match="is not JSON"):
        call_command("migrate_settings", str(file), "--restaurant", str(world.id))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("migrate_settings", str(tmp_path / "nothing"), "--restaurant", str(world.id))


def test_reset_settings__any__is_a_new_version_in_use(world: World) -> None:
    call_command("reset_settings", "--restaurant", str(world.id))
    assert ConfigVersion.objects.get(restaurant=world.restaurant, is_active=True).version_number == 2
