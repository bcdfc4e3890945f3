"""The commands that list sources and what they say: sources, text, passages, search."""

import sys
from pathlib import Path

import click

from desktop import printed
from desktop.commands.asking import archive_argument, as_json_option, opened


@click.command()
@archive_argument
@as_json_option
def sources(archive: Path, as_json: bool) -> None:
    """List the sources of ARCHIVE."""
    from db import sources as kept_sources

    with opened(archive) as kept:
        found = kept_sources.all(kept)
    if as_json:
        printed.json_text(
            [{name: getattr(each, name) for name in printed.SOURCE} for each in found]
        )
        return
    for each in found:
        click.echo(f"{each.id}\t{each.title}\t{each.passages} passages\t{each.figures} figures")


@click.command()
@archive_argument
@click.argument("source_id", type=int)
def text(archive: Path, source_id: int) -> None:
    """Write the stored text of a source, exactly."""
    from db import sources as kept_sources

    with opened(archive) as kept:
        stored = kept_sources.text(kept, source_id)
    sys.stdout.buffer.write(stored.encode("utf-8"))


@click.command()
@archive_argument
@click.argument("source_id", type=int)
@click.option("--jsonl", is_flag=True, help="One JSON object a line.")
def passages(archive: Path, source_id: int, jsonl: bool) -> None:
    """List the passages of a source."""
    from db import sources as kept_sources

    with opened(archive) as kept:
        found = kept_sources.passages(kept, source_id)
    if jsonl:
        names = ("id", "ordinal", "start", "end", "kind", "page", "text")
        printed.json_lines({name: getattr(each, name) for name in names} for each in found)
        return
    for each in found:
        click.echo(f"{each.start}–{each.end}\t{each.kind}\t{each.text}")


@click.command()
@archive_argument
@click.argument("query")
@click.option("--limit", type=click.IntRange(min=0), default=50, show_default=True)
@click.option("--boilerplate", is_flag=True, help="Search boilerplate, too.")
@as_json_option
def search(archive: Path, query: str, limit: int, boilerplate: bool, as_json: bool) -> None:
    """Find passages of ARCHIVE by QUERY, the best first."""
    from db import search as searching
    from db.names import widened

    with opened(archive) as kept:
        asked = searching.Query.parse(query, include_boilerplate=boilerplate)
        asked = widened(kept, asked)
        found = searching.find(kept, asked, limit=limit)
        hits = searching.hits(kept, found.ids[:limit], asked, found.scores)
    ordered = [hits[each] for each in found.ids[:limit] if each in hits]
    if not as_json:
        click.echo(f"{found.total} passages. {asked.understood}", err=True)
        for hit in ordered:
            click.echo(f"{hit.source_title} {hit.start}–{hit.end}\t{hit.snippet}")
        return
    names = ("passage_id", "source_id", "source_title", "start", "end", "snippet", "score", "kind")
    printed.json_text(
        {
            "query": query,
            "understood": asked.understood,
            "total": found.total,
            "exact": found.exact,
            "hits": [
                {name: getattr(hit, name) for name in names}
                | {"matches": [[span.start, span.end] for span in hit.matches]}
                for hit in ordered
            ],
        }
    )
