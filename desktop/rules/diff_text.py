"""The difference of two sets as lines for a console or a clipboard; it must not compare anything itself."""

from __future__ import annotations

from desktop.rules.diff import ChangeKind, FieldChange, NodeChange, SetDifference

_MARKS = {ChangeKind.ADDED: "+", ChangeKind.REMOVED: "-", ChangeKind.MOVED: ">", ChangeKind.CHANGED: "~"}
_SHORT = 60
_LEFT_OUT = "(left out)"


def difference_text(difference: SetDifference) -> str:
    """Every change: `+` added, `-` removed, `>` moved, `~` changed; in a text, `[-gone-]` and `{+new+}` words."""
    lines = [
        f"from  {difference.old_id}: {difference.old_caption}",
        f"to    {difference.new_id}: {difference.new_caption}",
        "",
    ]
    if difference.is_empty:
        return "\n".join([*lines, "The two do not differ.", ""])
    if difference.head:
        lines += ["The set itself", *(_field_line(change) for change in difference.head), ""]
    if difference.nodes:
        lines.append("Criteria and groups")
        for change in difference.nodes:
            lines += _node_lines(change)
        lines.append("")
    lines.append(
        "The same answers may come to another result."
        if difference.may_change_result
        else "Nothing that decides was changed: the same answers come to the same result."
    )
    return "\n".join([*lines, ""])


def _node_lines(change: NodeChange) -> list[str]:
    what = "group" if change.is_group else "criterion"
    lines = [f"  {_MARKS[change.kind]} {change.kind.value} {what} {change.id}: {change.text}"]
    if change.is_reordered:
        lines.append(f"      another place under {change.now_under}")
    elif change.is_moved:
        lines.append(f"      from under {change.was_under} to under {change.now_under}")
    elif change.was_under or change.now_under:
        lines.append(f"      under {change.was_under or change.now_under}")
    lines += ["    " + _field_line(field) for field in change.fields]
    return lines


def _field_line(change: FieldChange) -> str:
    has_shared = any(run.kind == "same" for run in change.words)
    if has_shared and max(len(change.before), len(change.after)) > _SHORT:
        marks = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
        shown = "".join(f"{marks[run.kind][0]}{run.text}{marks[run.kind][1]}" for run in change.words)
        return f"  {change.field}: {shown}"
    return f"  {change.field}: {change.before or _LEFT_OUT} -> {change.after or _LEFT_OUT}"
