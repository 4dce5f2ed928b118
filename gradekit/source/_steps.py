"""What each piece of Python's syntax gives and binds, as far as values are followed: one function for each."""

import ast

from gradekit.source import _calls as calls
from gradekit.source._library import absolute, what_is
from gradekit.source._scopes import CALLED
from gradekit.source._things import ANY, BASES, OTHER, RETURN, Held, Members, Text

LONGEST = 200  # characters of a text that can be a name
FUNCTION, CLASS, ITEMS = "function", "class", "items"


def name(flow, node):
    """Return what a name that is read may stand for."""
    return flow.standing_for(node) if isinstance(node.ctx, ast.Load) else None


def attribute(flow, node):
    """Return what an attribute that is read may be."""
    return flow.attribute(flow.of(node.value), node.attr) if isinstance(node.ctx, ast.Load) else None


def subscript(flow, node):
    """Return what an item that is read may be; a slice of a list is taken for the list."""
    if not isinstance(node.ctx, ast.Load):
        return None
    owners = flow.of(node.value)
    return set(owners) if isinstance(node.slice, ast.Slice) else flow.item(owners, flow.key(node.slice))


def constant(flow, node):
    """Return a text; any other literal is no thing."""
    return {Text(node.value)} if isinstance(node.value, str) and len(node.value) <= LONGEST else set()


def sequence(flow, node):
    """Return what a list, a tuple or a set holds, by place."""
    if not isinstance(getattr(node, "ctx", None), ast.Load | None):
        return None
    held, key = Held(ITEMS, id(node)), 0
    for place, one in enumerate(node.elts):
        is_star = isinstance(one, ast.Starred)
        key = ANY if is_star or key is ANY or isinstance(node, ast.Set) else place
        flow.put(held, key, flow.item(flow.of(one), ANY) if is_star else flow.of(one))
    return {held}


def dictionary(flow, node):
    """Return what a dictionary holds, by key."""
    held = Held(ITEMS, id(node))
    for key, value in zip(node.keys, node.values, strict=True):
        if key is None:
            calls.method(flow, node, held, "update", calls.Given([flow.of(value)], {}, set()))
        else:
            flow.put(held, flow.key(key), flow.of(value))
    return {held}


def comprehension(flow, node):
    """Return what a comprehension holds, at no known place."""
    held = Held(ITEMS, id(node))
    flow.put(held, ANY, flow.of(getattr(node, "elt", None) or node.value))
    return {held}


def either(flow, node):
    """Return what one of several expressions may be."""
    parts = node.values if isinstance(node, ast.BoolOp) else (node.body, node.orelse)
    return set().union(*map(flow.of, parts))


def operation(flow, node):
    """Return what an operator gives: of containers the containers, of numbers no thing."""
    parts = flow.of(node.left) | flow.of(node.right) if isinstance(node, ast.BinOp) else flow.of(node.operand)
    return {thing for thing in parts if isinstance(thing, Held)} | ({OTHER} if parts else set())


def inner(flow, node):
    """Return what the one expression inside gives."""
    return set(flow.of(node.value))


def other(flow, node):
    """Return what cannot be known."""
    return {OTHER}


def call(flow, node):
    """Return what a call may give."""
    given = _given(flow, node)
    if isinstance(node.func, ast.Attribute) and node.func.attr in calls.METHODS:
        owners, attr = flow.of(node.func.value), node.func.attr
        holding = {one for one in owners if isinstance(one, Held | Members) and not flow.get(one, attr, exactly=True)}
        found = set().union(*(calls.method(flow, node, owner, attr, given) for owner in holding))
        return found | calls.result(flow, node, flow.attribute(owners - holding, attr), given)
    return calls.result(flow, node, flow.of(node.func), given)


def _given(flow, node):
    """Return what a call is given."""
    starred = [one.value for one in node.args if isinstance(one, ast.Starred)]
    starred += [one.value for one in node.keywords if one.arg is None]
    before = next((i for i, one in enumerate(node.args) if isinstance(one, ast.Starred)), len(node.args))
    more = [flow.item(flow.of(one), ANY) for one in starred]
    more += [flow.of(one) for one in node.args[before:] if not isinstance(one, ast.Starred)]
    named = {one.arg: set(flow.of(one.value)) for one in node.keywords if one.arg}
    return calls.Given([set(flow.of(one)) for one in node.args[:before]], named, set().union(*more))


def lambda_(flow, node):
    """Return a function without a name."""
    held = Held(FUNCTION, id(node))
    _defaults(flow, node, held)
    flow.put(held, RETURN, flow.of(node.body))
    return {held}


def function(flow, node):
    """Bind a function, as its decorators leave it."""
    held = Held(FUNCTION, id(node))
    _defaults(flow, node, held)
    owner, arguments = flow.class_of(node), [*node.args.posonlyargs, *node.args.args]
    if owner and arguments:
        flow.keep(arguments[0], {Held(CLASS, id(owner))})
    flow.keep(node, _decorated(flow, node, {held}))


def class_(flow, node):
    """Bind a class, which stands for its instances too."""
    held = Held(CLASS, id(node))
    flow.put(held, BASES, set().union(*map(flow.of, node.bases)))
    flow.keep(node, _decorated(flow, node, {held}))


def _decorated(flow, node, things):
    """Return what the decorators of a definition make of it."""
    for decorator in reversed(node.decorator_list):
        made = calls.result(flow, decorator, flow.of(decorator), calls.Given([things], {}, set()))
        things = made | things if OTHER in made else made  # an unknown one most often calls what it decorates
    return things


def _defaults(flow, node, held):
    """Let the parameters of a function be what they are by default."""
    arguments = node.args
    placed = [*arguments.posonlyargs, *arguments.args]
    pairs = [*zip(placed[::-1], arguments.defaults[::-1], strict=False)]
    pairs += zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    for argument, default in pairs:
        flow.keep(argument, flow.of(default))
    for argument in filter(None, (arguments.vararg, arguments.kwarg)):
        flow.keep(argument, {Held(ITEMS, id(argument))})


def returned(flow, node):
    """Let a function give what it returns."""
    flow.put(Held(FUNCTION, id(flow.around(node, CALLED))), RETURN, flow.of(node.value))


def yielded(flow, node):
    """Let a function give what holds what it yields."""
    around = flow.around(node, CALLED)
    things = flow.item(flow.of(node.value), ANY) if isinstance(node, ast.YieldFrom) else flow.of(node.value)
    flow.put(Held(ITEMS, id(around)), ANY, things)
    flow.put(Held(FUNCTION, id(around)), RETURN, {Held(ITEMS, id(around))})
    return {OTHER}


def import_(flow, node):
    """Bind modules."""
    for alias in node.names:
        flow.keep(alias, {what_is(alias.name if alias.asname else alias.name.split(".")[0])})


def import_from(flow, node):
    """Bind names of a module."""
    module = absolute(node, flow.package() if node.level else "")
    for alias in node.names:
        flow.keep(alias, {what_is(f"{module}.{alias.name}")})


def assign(flow, node):
    """Bind the targets of an assignment."""
    for target in getattr(node, "targets", None) or [node.target]:
        flow.bind(target, flow.of(node.value))
    return set(flow.of(node.value)) if isinstance(node, ast.NamedExpr) else None


def loop(flow, node):
    """Bind the target of a loop."""
    flow.bind(node.target, flow.item(flow.of(node.iter), ANY))


def with_item(flow, node):
    """Bind what a context gives when it is entered."""
    things = flow.of(node.context_expr)
    items = {one for one in things if isinstance(one, Held) and one.kind == ITEMS}
    entering = {one for one in things - items if isinstance(one, Held) and flow.get(one, "__enter__")}
    entered = calls.result(flow, node, flow.attribute(entering, "__enter__"), calls.Given([], {}, set()))
    if node.optional_vars:
        flow.bind(node.optional_vars, things - items - entering | flow.item(items, ANY) | entered)


def caught(flow, node):
    """Bind an exception."""
    flow.keep(node, {OTHER})


def match(flow, node):
    """Bind what the patterns of a match take out of its subject."""
    waiting = [(case.pattern, set(flow.of(node.subject))) for case in node.cases]
    while waiting:
        pattern, things = waiting.pop()
        if isinstance(pattern, ast.MatchAs | ast.MatchStar | ast.MatchMapping):
            flow.keep(pattern, things)
        waiting += _matched(flow, pattern, things)


def _matched(flow, pattern, things):
    """Return (pattern, things) of the patterns inside one."""
    if isinstance(pattern, ast.MatchAs):
        return [(pattern.pattern, things)] if pattern.pattern else []
    if isinstance(pattern, ast.MatchMapping):
        return [
            (one, flow.item(things, flow.key(key))) for key, one in zip(pattern.keys, pattern.patterns, strict=True)
        ]
    if isinstance(pattern, ast.MatchClass):
        pairs = zip(pattern.kwd_attrs, pattern.kwd_patterns, strict=True)
        named = [(one, flow.attribute(things, attr)) for attr, one in pairs]
        return named + [(one, things | {OTHER}) for one in pattern.patterns]
    inside = flow.item(things, ANY) if isinstance(pattern, ast.MatchSequence) else things
    return [(one, inside) for one in getattr(pattern, "patterns", ())]


STEPS = {
    ast.Name: name, ast.Attribute: attribute, ast.Subscript: subscript, ast.Constant: constant, ast.List: sequence,
    ast.Tuple: sequence, ast.Set: sequence, ast.Dict: dictionary, ast.ListComp: comprehension,
    ast.SetComp: comprehension, ast.GeneratorExp: comprehension, ast.DictComp: comprehension, ast.IfExp: either,
    ast.BoolOp: either, ast.BinOp: operation, ast.UnaryOp: operation, ast.Starred: inner, ast.Await: inner,
    ast.Call: call, ast.Lambda: lambda_, ast.FunctionDef: function, ast.AsyncFunctionDef: function,
    ast.ClassDef: class_, ast.Return: returned, ast.Yield: yielded, ast.YieldFrom: yielded, ast.Import: import_,
    ast.ImportFrom: import_from, ast.Assign: assign, ast.AnnAssign: assign, ast.AugAssign: assign,
    ast.NamedExpr: assign, ast.For: loop, ast.AsyncFor: loop, ast.comprehension: loop, ast.withitem: with_item,
    ast.ExceptHandler: caught, ast.Match: match,
}  # fmt: skip
