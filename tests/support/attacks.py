"""Hostile templates, pages, catalogs and folders: generators by kind, each yielding a name and what it is made of."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

EVIL = "evil.example"
HIDDEN = "what-only-this-machine-knows"

Attack = tuple[str, str]
"""A name, and the body of a template. `%(secret)s` and `%(target)s` are files that it may not read, and not make."""

_NOTATIONS = {
    "dot": "{{{{ {0}.{1} }}}}",
    "item": "{{{{ {0}['{1}'] }}}}",
    "attr": "{{{{ {0}|attr('{1}') }}}}",
    "map": "{{{{ [{0}]|map(attribute='{1}')|first }}}}",
    "sum": "{{{{ [{0}]|sum(attribute='{1}') }}}}",
    "groupby": "{{% for k, v in [{0}]|groupby('{1}') %}}{{{{ k }}}}{{% endfor %}}",
    "set": "{{% set x = {0}.{1} %}}{{{{ x }}}}",
    "loop": "{{% for x in [{0}.{1}] %}}{{{{ x }}}}{{% endfor %}}",
}
_INSIDE = (
    ("plan", "content"),
    ("plan", "values"),
    ("plan", "__class__"),
    ("plan", "__dict__"),
    ("plan.situation", "values"),
    ("carrier", "file"),
    ("carrier", "facts"),
    ("person.name.value", "place"),
    ("person.name.value.field", "parse"),
    ("person", "__dict__"),
    ("document", "__init__"),
    ("both", "__func__"),
    ("both", "__self__"),
    ("plain", "func"),
    ("plain", "keywords"),
    ("cite", "__call__"),
    ("cite", "numbers"),
    ("fields", "fields"),
    ("namespace", "__init__"),
    ("''", "__class__"),
    ("''", "format"),
    ("()", "__class__"),
    ("namespace()", "_Namespace__attrs"),
    ("log", "append"),
)


def inside() -> Iterator[Attack]:
    """Yield ways to reach what no template needs."""
    for (notation, form), (thing, name) in product(_NOTATIONS.items(), _INSIDE):
        yield f"{notation}: {thing}.{name}", form.format(thing, name)


_METHODS = {
    "write": "('%(target)s').write_text('x')",
    "touch": "('%(target)s').touch()",
    "make": "('%(target)s').mkdir()",
    "remove": "('%(secret)s').unlink()",
    "rename": "('%(secret)s').rename('%(target)s')",
    "open": "('%(secret)s').chmod(511)",
    "read": "('%(secret)s').read_text()",
    "ask": "('%(secret)s').exists()",
    "list": "('/etc').iterdir()|list",
    "link": "('%(target)s').symlink_to('%(secret)s')",
    "hard-link": "('%(target)s').hardlink_to('%(secret)s')",
}


def paths() -> Iterator[Attack]:
    """Yield uses of a path object, from where there was one."""
    for (name, method), start in product(_METHODS.items(), ("plan.content", "plan.content.parent")):
        yield f"{name}: {start}", "{{ " + f"{start}.joinpath{method}" + " }}"
    for name in (".bashrc", "SF-0000-0000-proof-sheet-zh-Hans.pdf", "case.yaml"):
        yield f"among the papers: {name}", "{{ (plan.content.parent / 'out' / '" + name + "').write_text('x') }}"


def inner() -> Iterator[Attack]:
    """Yield uses of what Jinja itself is made of."""
    for name in (
        "self",
        "super",
        "caller",
        "cycler",
        "joiner",
        "lipsum",
        "namespace",
        "range",
        "varargs",
        "loop",
        "cite",
        "both",
    ):
        yield f"globals: {name}", "{{ " + name + ".__init__.__globals__ }}"
    for name in ("self._TemplateReference__context", "self.body._context", "m.__globals__", "m._func", "m._environment"):
        yield f"context: {name}", "{% macro m() %}{% endmacro %}{{ " + name + ".environment }}"
    for name in (
        "__import__('os').system('id')",
        "open('%(secret)s').read()",
        "config",
        "request.application",
        "get_flashed_messages",
    ):
        yield f"elsewhere: {name}", "{{ " + name + ".x }}"
    yield "import of a module", "{% import 'os' as os %}"
    yield "a private name of a template", "{% from 'shared/forms.html.j2' import _body_stream %}"
    yield "an imported template's insides", "{% import 'shared/forms.html.j2' as f %}{{ f._body_stream }}"
    yield "no escaping", "{% autoescape false %}{{ person.name }}{% endautoescape %}"
    yield "said to be safe", "{{ '<script src=//evil.example>'|safe }}"
    yield "a changed list", "{% set l = [] %}{{ l.append(1) }}"
    yield "a changed mapping", "{{ fields.update({'a': 1}) }}"
    yield "a frame", "{{ carrier.facts().gi_frame.f_globals }}"
    yield "a class as a value", "{{ both('%%(x)s', x=namespace) }}"


def formats() -> Iterator[Attack]:
    """Yield texts that are filled in by themselves."""
    for thing, way in product(("plan", "person.name", "both"), ("0.__class__", "0.content", "0.__init__.__globals__", "0!r")):
        yield f"format: {thing} {way}", "{{ '{" + way + "}'.format(" + thing + ") }}"
    yield "format_map", "{{ '{x.__class__}'.format_map({'x': plan}) }}"
    yield "stored", "{% set f = '{0.__class__}'.format %}{{ f(plan) }}"
    yield "remainder", "{{ '%%s' % plan }}"
    yield "a filter", "{{ '%%s'|format(plan) }}"
    yield "a whole plan", "{{ plan }}"
    yield "a function", "{{ both }}"
    yield "printed prettily", "{{ plan|pprint }}"
    yield "as JSON", "{{ {'a': plan}|tojson }}"


def greedy() -> Iterator[Attack]:
    """Yield what takes all time or memory there is."""
    yield "loops in loops", "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}"
    yield "a long range", "{% for i in range(10**9) %}x{% endfor %}"
    yield "a long text", "{{ 'A' * 10**10 }}"
    yield "a text in the middle", "{{ 'a'|center(10**10) }}"
    yield "a text moved in", "{{ 'a'|indent(9999999999) }}"
    yield "a huge number", "{{ 9 ** (9 ** 9) }}"
    yield "a text doubled", "{% set n = namespace(x='A') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}{{ n.x }}"
    yield (
        "a list doubled",
        "{% set n = namespace(x=[1]) %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}{{ n.x|length }}",
    )
    yield (
        "a text replaced",
        "{% set n = namespace(x='AA') %}{% for i in range(60) %}{% set n.x = n.x|replace('A', 'AA') %}{% endfor %}{{ n.x }}",
    )
    yield "a macro of itself", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"
    yield "a file of itself", "{% include 'proof-sheet/document.html.j2' %}"
    yield "tables in tables", "<table>" + "<tr><td><table>" * 300
    yield "spans in spans", "<span>" * 20000
    yield "many boxes", "{% for i in range(99999) %}<div style='float: left'>x</div>{% endfor %}"
    yield "many pages", "{% for i in range(9999) %}<p style='break-after: page'>x</p>{% endfor %}"
    yield "a place of many digits", "{{ both('%%(x)999999999s', x='a') }}"
    yield "filler", "{{ lipsum(n=100000) }}"
    yield "a huge code", "{{ qr('A' ~ range(99999)|join) }}"
    yield "a wide table", "<table><tr>" + "<td colspan='1000'>x" * 300 + "</table>"


_ADDRESSES = (
    f"https://{EVIL}/x",
    f"//{EVIL}/x",
    "file://%(secret)s",
    "javascript:fetch('//evil.example')",
    "data:text/html,evil.example",
    "../../secret",
)
_CARRYING = {
    "img": '<img src="{}" alt="x">',
    "srcset": '<img srcset="{} 2x" alt="x">',
    "link": '<link rel="stylesheet" href="{}">',
    "attachment": '<link rel="attachment" href="{}">',
    "prefetch": '<link rel="dns-prefetch" href="{}">',
    "a": '<a href="{}">x</a>',
    "ping": '<a href="#x" ping="{}">x</a>',
    "script": '<script src="{}"></script>',
    "iframe": '<iframe src="{}"></iframe>',
    "object": '<object data="{}" type="image/png">x</object>',
    "embed": '<embed src="{}">',
    "video": '<video poster="{}"></video>',
    "audio": '<audio src="{}"></audio>',
    "form": '<form action="{}"><button>x</button></form>',
    "base": '<base href="{}">',
    "refresh": '<meta http-equiv="refresh" content="0;url={}">',
    "svg-image": '<svg><image href="{}"/></svg>',
    "svg-use": '<svg><use xlink:href="{}"/></svg>',
    "svg-a": '<svg><a href="{}"><text>x</text></a></svg>',
    "svg-set": '<svg><set attributeName="href" to="{}"/></svg>',
    "svg-fill": '<svg><rect fill="url({})"/></svg>',
    "foreign": '<svg><foreignObject><iframe src="{}"></iframe></foreignObject></svg>',
    "math": '<math href="{}"><mi>x</mi></math>',
    "body": '<table background="{}"><tr><td>x</table>',
    "input": '<input type="image" src="{}">',
    "track": '<video><track src="{}"></video>',
}


def addresses() -> Iterator[Attack]:
    """Yield elements that fetch, run, or lead somewhere."""
    for (name, form), address in product(_CARRYING.items(), _ADDRESSES):
        yield f"{name} {address}", form.format(address)


_RUNNING = (
    "<script>fetch('//evil.example')</script>",
    "<p onclick='x(\"evil.example\")'>x</p>",
    "<svg onload='evil.example'></svg>",
    "<svg><script>evil.example</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=evil.example>",
    "<noscript><p title='</noscript><img src=x onerror=evil.example>'></noscript>",
    "<template><script>evil.example</script></template>",
    "<iframe srcdoc='<script>evil.example</script>'></iframe>",
    "<button formaction='javascript:evil.example'>x</button>",
    "<details open ontoggle='evil.example'>x</details>",
    "<svg><animate onbegin='evil.example' attributeName=x></svg>",
    "<p style='width: expression(evil.example)'>x</p>",
    "<style></style><img src=x onerror=evil.example>",
    "<!--><img src=x onerror=evil.example>-->",
    "<xmp><p title='</xmp><script>evil.example</script>'></xmp>",
)


def running() -> Iterator[Attack]:
    """Yield pages that run something."""
    for number, body in enumerate(_RUNNING, 1):
        yield f"running {number}", body


_STYLES = (
    "background: url({})",
    'background: url("{}")',
    "background: u\\72l({})",
    "background: \\75 rl({})",
    "background: URL({})",
    "list-style-image: url({})",
    "content: url({})",
    "border-image: url({}) 1",
    "cursor: url({}), auto",
    "background: image-set('{}' 1x)",
    "background: -webkit-image-set(url({}) 1x)",
    "background: src('{}')",
    "mask: url({})",
    "filter: url({}#x)",
    "clip-path: url({}#x)",
    "--x: url({}); background: var(--x)",
    "background: cross-fade(url({}), red)",
    "shape-outside: url({})",
    "background: url({}",
)
_SHEETS = (
    '@import "{}";',
    "@import url({});",
    "@\\69mport '{}';",
    '@font-face {{ font-family: x; src: url("{}") }}',
    "@namespace url({});",
    "@page {{ background: url('{}') }}",
    "@media print {{ p {{ background: url({}) }} }}",
    "<!-- @import '{}'; -->",
    "@color-profile x {{ src: url({}) }}",
    "@page {{ @top-left {{ content: url({}) }} }}",
    "@document url({}) {{ }}",
    "@counter-style x {{ symbols: url({}) }}",
)


def styles() -> Iterator[Attack]:
    """Yield styles that fetch."""
    address = f"https://{EVIL}/x"
    for style in _STYLES:
        for name, form in (
            ("p", '<p style="{}">x</p>'),
            ("sheet", "<style>p::before {{ {} }}</style><p>x"),
            ("svg", '<svg><g style="{}"/></svg>'),
        ):
            yield f"{name}: {style}", form.format(style.format(address).replace('"', "'"))
    for sheet in _SHEETS:
        yield f"sheet: {sheet}", f"<style>{sheet.format(address)}</style><p>x"


_ELSEWHERE = (
    "/etc/hostname",
    "../../../../etc/hostname",
    "%(secret)s",
    "../case.yaml",
    "proof-sheet/../../.simforms-workplace",
    "shared/../../../x",
)


def files() -> Iterator[Attack]:
    """Yield templates that are other files."""
    for name, way in product(
        _ELSEWHERE, ("{%% include '%s' %%}", "{%% import '%s' as x %%}", "{%% extends '%s' %%}", "{{ '%s'|source }}")
    ):
        yield f"{way[:8]} {name}", way % name


TEMPLATES: dict[str, Callable[[], Iterator[Attack]]] = {
    one.__name__: one for one in (inside, paths, inner, formats, greedy, addresses, running, styles, files)
}


def page(body: str) -> str:
    """Return a template that prints a body."""
    return '{% extends "shared/page.html.j2" %}{% block body %}<h1>{{ title }}</h1>' + body + "{% endblock %}"


Maker = Callable[[Path], object]
"""Makes a folder hostile."""


def _linked(folder: Path, target: str, name: str = "templates/x.css") -> None:
    (folder / name).symlink_to(target)


def _elsewhere(folder: Path, name: str) -> None:
    (folder / name).rename(folder.parent / "elsewhere")
    (folder / name).symlink_to(folder.parent / "elsewhere")


def _socket(folder: Path) -> None:
    before = Path.cwd()
    os.chdir(folder / "templates")  # the name of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("x.css")
    finally:
        os.chdir(before)


def _large(folder: Path) -> None:
    with (folder / "templates" / "x.css").open("wb") as file:
        file.truncate(10**12)


def _deep(folder: Path) -> None:
    place = folder / "templates"
    for _ in range(30):
        place /= "d"
    place.mkdir(parents=True)


def _named(name: str) -> Maker:
    return lambda folder: (folder / "templates" / name).write_text("x")


def folders() -> Iterator[tuple[str, Maker]]:
    """Yield what makes a folder of templates one that is refused before anything of it is used."""
    yield "a link to a file", lambda folder: _linked(folder, "/etc/hostname")
    yield "a link that leads nowhere", lambda folder: _linked(folder, "nowhere")
    yield "a link to itself", lambda folder: _linked(folder, "x.css")
    yield "a link inside", lambda folder: _linked(folder, "proof-sheet/document.html.j2", "templates/x.j2")
    yield "a link to a folder", lambda folder: _linked(folder, "/etc", "templates/etc")
    yield "a link to the folder around it", lambda folder: _linked(folder, "..", "templates/up")
    yield "catalogs by a link", lambda folder: (folder / "locales").symlink_to("/etc")
    yield "templates by a link to good ones", lambda folder: _elsewhere(folder, "templates")
    yield "a document by a link to a good one", lambda folder: _elsewhere(folder, "templates/proof-sheet")
    yield "a pipe", lambda folder: os.mkfifo(folder / "templates" / "x.css")
    yield "a pipe for catalogs", lambda folder: os.mkfifo(folder / "locales")
    yield "a socket", _socket
    yield "a file of a terabyte", _large
    yield "a file that is too large", lambda folder: (folder / "templates" / "x.css").write_text("x" * (512 * 1024 + 1))
    yield "many files", lambda folder: [(folder / "templates" / f"{number}.css").touch() for number in range(501)]
    yield "many folders", lambda folder: [(folder / "templates" / f"f{number}").mkdir() for number in range(501)]
    yield "levels deep", _deep
    yield "a program", _named("x.py")
    yield "a compiled catalog", _named("x.mo")
    yield "a hidden file", _named(".bashrc")
    for name in ("a\x1b[2Jb.css", "a\nb.css", "a\u202eb.css", "a b.css", "-x.css", "ａ.css", "a\\b.css", "x.css\u200b"):
        yield f"a file called {name!a}", _named(name)
    if os.geteuid() == 0:
        yield "a device", lambda folder: os.mknod(folder / "templates" / "x.css", 0o20666, os.makedev(1, 5))


def _manifest(text: str) -> Maker:
    return lambda folder: (folder / "templates" / "proof-sheet" / "document.toml").write_text(text, encoding="utf-8")


def _catalog(text: str) -> Maker:
    def make(folder: Path) -> None:
        place = folder / "locales" / "zh_Hans" / "LC_MESSAGES"
        place.mkdir(parents=True)
        (place / "simforms.po").write_bytes(text.encode("utf-8", "surrogateescape"))

    return make


_HEAD = '# x\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset={}\\n"\n"Plural-Forms: nplurals={}; plural={};\\n"\n\n'
_GOOD = 'title = "x"\npurpose = "x"\nneeds = []\nuses = []\n'


def contents() -> Iterator[tuple[str, Maker]]:
    """Yield files of the right kind whose content is hostile."""
    yield "a manifest of other types", _manifest("title = 1\npurpose = [2]\nneeds = 3\nuses = {}\n")
    yield "a manifest with unknown names", _manifest(_GOOD + "content = '/etc'\n")
    yield "a manifest in depth", _manifest("title = " + "[" * 5000 + "]" * 5000)
    yield "a manifest of many names", _manifest("".join(f"a{number} = 1\n" for number in range(40000)))
    yield "a manifest of long names", _manifest(_GOOD + ".".join("a" * 60000) + " = 1\n")
    yield "a manifest of many pages", _manifest(_GOOD + "pages = 999999999999999999\n")
    yield "a manifest of a huge number", _manifest(_GOOD + "pages = " + "9" * 5000 + "\n")
    yield (
        "a manifest with control characters",
        _manifest('title = "\\u001b[2J"\npurpose = "x"\nneeds = ["\\u001b[2J"]\nuses = []\n'),
    )
    yield (
        "a manifest that is no text",
        lambda folder: (folder / "templates" / "proof-sheet" / "document.toml").write_bytes(b"\xff\xfe\0"),
    )
    yield "fields of other types", lambda folder: (folder / "templates" / "fields.toml").write_text("fields = 1\n")
    yield (
        "a field of an unknown type",
        lambda folder: (folder / "templates" / "fields.toml").write_text('[x]\ntype = "__import__"\n'),
    )
    yield "a catalog of nothing", _catalog("")
    yield "a catalog in an unknown code", _catalog(_HEAD.format("zlib", 1, 0))
    yield "a catalog in a dangerous code", _catalog(_HEAD.format("idna", 1, 0) + 'msgid "a"\nmsgstr "' + "a" * 500000 + '"\n')
    yield "a catalog that calculates", _catalog(_HEAD.format("UTF-8", 2, "9**9**9**9"))
    yield "a catalog of many plurals", _catalog(_HEAD.format("UTF-8", 10**12, 0))
    yield "a catalog that runs", _catalog(_HEAD.format("UTF-8", 2, "__import__('os').system('id')"))
    yield "a catalog in depth", _catalog(_HEAD.format("UTF-8", 2, "(" * 20000 + "n" + ")" * 20000))
    yield (
        "a catalog of many texts",
        _catalog(_HEAD.format("UTF-8", 1, 0) + "".join(f'msgid "{n}"\nmsgstr "x"\n\n' for n in range(20000))),
    )
    yield "a catalog with a wide place", _catalog(_HEAD.format("UTF-8", 1, 0) + 'msgid "Full name"\nmsgstr "%(x)999999999s"\n')
    yield "a catalog with control characters", _catalog("# \x1b[2J\x1b]0;x\x07\n" + _HEAD.format("UTF-8", 1, 0))
    yield "a language called up", lambda folder: (folder / "locales" / "e.n" / "LC_MESSAGES").mkdir(parents=True)
    yield (
        "a template that is no text",
        lambda folder: (folder / "templates" / "proof-sheet" / "document.html.j2").write_bytes(b"\xff\xfe\0"),
    )
    yield (
        "a template that is not closed",
        lambda folder: (folder / "templates" / "proof-sheet" / "document.html.j2").write_text("{% if"),
    )
    yield (
        "a template in depth",
        lambda folder: (folder / "templates" / "proof-sheet" / "document.html.j2").write_text("{{ " + "(" * 9000),
    )
    yield (
        "a style in depth",
        lambda folder: [
            (folder / "templates" / "shared").mkdir(),
            (folder / "templates" / "shared" / "page.css").write_text("a{" * 200000),
        ],
    )
    yield (
        "a style that fetches",
        lambda folder: [
            (folder / "templates" / "shared").mkdir(),
            (folder / "templates" / "shared" / "page.css").write_text("@import 'https://evil.example/x';"),
        ],
    )
