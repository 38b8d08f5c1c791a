"""A page as a screen reader is given it: the browser's accessibility tree, from the beginning to the end."""

LANDMARKS = {"banner", "navigation", "main", "complementary", "contentinfo", "search", "region", "form"}


class Heard:
    """One thing on the way: what it is, what it is called, and what else is said about it."""

    def __init__(self, node, within):
        self.role = node["role"]["value"]
        self.name = " ".join(str(node.get("name", {}).get("value", "")).split())
        self.description = node.get("description", {}).get("value", "")
        self.states = {p["name"]: p["value"].get("value") for p in node.get("properties", ())}
        self.within = within

    def __repr__(self):
        return f"{self.role} {self.name!r}"


def read(browser):
    """Everything in the order it is read, what is passed over left out."""
    nodes = {node["nodeId"]: node for node in browser.tell("Accessibility.getFullAXTree")["nodes"]}
    root = next(node for node in nodes.values() if "parentId" not in node)
    heard = []

    def walk(node, within):
        if not node.get("ignored"):
            here = Heard(node, within)
            heard.append(here)
            within = within + [here]
        for child in node.get("childIds", ()):
            if child in nodes:
                walk(nodes[child], within)

    walk(root, [])
    return heard


def landmarks(heard):
    return [(h.role, h.name) for h in heard if h.role in LANDMARKS]


def headings(heard):
    return [(h.states["level"], h.name) for h in heard if h.role == "heading"]


def inside(heard, thing, *roles):
    return [h for h in heard if thing in h.within and (not roles or h.role in roles)]


def table(heard, thing):
    """A table row by row, each cell with its role."""
    return [[(cell.role, cell.name) for cell in inside(heard, row, "columnheader", "rowheader", "cell", "gridcell")]
            for row in inside(heard, thing, "row")]
