"""How languages write: translations, kana, locales, the width of characters."""
