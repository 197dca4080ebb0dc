"""What `helm template NAME CHART` does, by Helm's own Go library, which the package helm-python-sdk brings along."""

import argparse
import sys

import helm_python as helm


def merged(into: dict, other: dict) -> dict:
    """Both values as Helm merges them: maps key by key, everything else replaced."""
    both = dict(into)
    for key, value in other.items():
        known = both.get(key)
        both[key] = merged(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return both


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("chart")
    parser.add_argument("-f", "--values", action="append", default=[])
    parser.add_argument("--set", action="append", default=[])
    parser.add_argument("--set-string", action="append", default=[])
    given = parser.parse_args()
    values: dict = {}
    for path in given.values:
        with open(path, encoding="utf-8") as file:
            values = merged(values, helm.values_from_yaml(file.read()))
    for text in given.set:
        values = merged(values, helm.parse_set_string(text))
    for text in given.set_string:
        values = merged(values, helm.parse_set_string_values(text))
    with helm.Chart.load(given.chart) as chart:
        try:
            chart.validate_schema(values)
            rendered = chart.render(values, name=given.name, namespace="default")
        except helm.HelmError as error:
            print(error, file=sys.stderr)
            return 1
    for path, text in rendered.items():
        if path.endswith((".yaml", ".yml")):
            print(f"---\n{text}")
    return 0


sys.exit(main())
