"""`voucherctl policy diff`: what stands otherwise in one policy than in another.

Here: arguments and printing. Not here: comparing; ops.whatif. It changes nothing.
"""

from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.console import Console

from ops.exits import told
from ops.language import InLanguage, Language
from ops.operator import Json, operator
from ops.showing import show_json
from ops.whatif.sections import Section, sections, whole
from ops.whatif.sides import side, together
from ops.whatif.texts import Texts, texts

A = Annotated[str, typer.Argument(help="a place's or a programme's folder, or programme@hash")]
B = Annotated[str, typer.Argument(help="what it is compared with, named likewise")]


def diff(
    context: typer.Context,
    a: A,
    b: B,
    language: InLanguage = Language.CHINESE,
    as_json: Json = False,
) -> None:
    """Say in sentences what stands otherwise in B than in A.

    Either is a folder, or a published version: programme@hash, as `policy list` shows it.
    """
    who, words = operator(context), texts(language)
    with told(as_json):
        pairs = together(*(side(what, who.api, who.token) for what in (a, b)))
    found, alone = sections(pairs, words), whole(pairs, words)
    if as_json:
        show_json(_document(found, alone))
        return
    named = {code: (before or after or {}).get("name") or {} for code, before, after in pairs}
    names = {code: f"{name.get(language, code)} ({code})" for code, name in named.items()}
    _show(found, alone, names, words)


def _document(found: list[Section], alone: Mapping[str, str]) -> dict[str, Any]:
    changes = [
        {"programmes": section.programmes, **vars(one.change)}
        | {"sentence": one.sentence, "details": one.details}
        for section in found
        for one in section.told
    ]
    return {"changes": changes, "programmes": alone}


def _show(
    found: list[Section], alone: Mapping[str, str], names: Mapping[str, str], words: Texts
) -> None:
    console = Console(soft_wrap=True, highlight=False, markup=False)
    for code, sentence in alone.items():
        console.print(f"{names[code]}: {sentence}", style="bold")
    shown: tuple[str, ...] = ()
    for section in found:
        if section.programmes != shown:
            shown = section.programmes
            together = words.sentences["and"].join(names[code] for code in shown)
            console.print(together, style="bold")
        if section.parameter:
            name = words.parameters.get(section.parameter)
            console.print(f"  {name} [{section.parameter}]" if name else f"  {section.parameter}")
        for one in section.told:
            console.print(f"    {one.sentence}")
            for detail in one.details:
                console.print(f"      - {detail}")
    if not found and not alone:
        console.print(words.sentences["same"])
