"""What figures come to, each unit by itself."""

from db import figures, ingest

TEXT = (
    "The depot bought 40 horses and 25 mules in 1931. It lent $3,000 in May and $2,500 in June."
    " A further 60 horses came, some 30 per cent of them lame. They cost $70 to $90 each.\n"
)


def test_rejected_figures_are_not_added(archive, tmp_path, home):
    (tmp_path / "depot.txt").write_text(TEXT, "utf-8")
    ingest.add(archive, [tmp_path / "depot.txt"])
    horses = [each for each in figures.all(archive) if each.figure.unit == "horse"]
    figures.decide(archive, [horses[0].id], "rejected")
    added, rest = figures.totals(archive, [each.id for each in horses])
    assert added == [("horse", horses[1].figure.value, 1)]
    assert rest == 1
