"""An archive with as many waiting proposals as a test wants, made of the few it has."""

from db.archive import Archive


def multiply(archive: Archive, wanted: int) -> None:
    """Copy the figures there are, each with an id of its own, until there are `wanted`."""
    with archive.writing("figures") as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(figures)").fetchall()]
        copied = ", ".join(f'"{name}"' for name in columns if name not in ("id", "uuid"))
        while True:
            (count,) = database.execute("SELECT count(*) FROM figures").fetchone()
            if count >= wanted:
                return
            database.execute(
                f"INSERT INTO figures (uuid, {copied}) SELECT uuid || '-{count}', {copied}"
                " FROM figures ORDER BY id LIMIT ?",
                [wanted - count],
            )
