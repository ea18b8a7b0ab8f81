"""The languages in which voucherctl tells what people read."""

from enum import StrEnum
from typing import Annotated

import typer


class Language(StrEnum):
    """Those that the city speaks."""

    CHINESE = "zh-CN"
    ENGLISH = "en"


InLanguage = Annotated[Language, typer.Option(help="the language of what is told")]
