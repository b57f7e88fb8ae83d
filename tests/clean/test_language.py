"""English is read; other languages are refused by name."""

import pytest

from reportedly.clean import CleanResources
from reportedly.clean.language import check_language
from reportedly.errors import LanguageError


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shelled the harbour of Port Ravel on Tuesday, officials said.",
        "Navy denies losses",
        "12,000",
        "Nicolás Maduro, Delcy Rodríguez, Diosdado Cabello",
        "President Xi Jinping (习近平) met the Russian leader in Beijing on Tuesday, state media said.",
    ],
)
def test_english_is_read(resources: CleanResources, text: str) -> None:
    assert check_language(text, "x", resources.languages) == "en"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("El gobierno dijo hoy que las tropas cruzaron la frontera durante la noche del martes.", "Spanish"),
        ("Le gouvernement a déclaré que les troupes avaient franchi la frontière dans la nuit de mardi.", "French"),
        ("Die Regierung teilte mit, dass die Truppen in der Nacht zum Dienstag die Grenze überquert haben.", "German"),
        ("Правительство заявило, что войска перешли границу", "Russian"),
        ("قالت وزارة الدفاع إن القوات عبرت الحدود", "Arabic"),
        ("国防部发言人今天表示，部队越过了边界。", "Chinese"),
    ],
)
def test_other_languages_are_named(resources: CleanResources, text: str, name: str) -> None:
    with pytest.raises(LanguageError, match=f"the text is in {name}"):
        check_language(text, "x", resources.languages)
