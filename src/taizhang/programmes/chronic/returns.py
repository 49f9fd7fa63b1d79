"""The form units report on where the records of a chronic disease's patients are kept elsewhere."""

from taizhang.kernel.forms import Form, FormElement, Kind, PartOf
from taizhang.kernel.text import Text
from taizhang.programmes.chronic.disease import ManagedDisease


def management_form(
    disease: ManagedDisease, name: Text, *, managed: Text, enrolled: Text, visits: Text, standard: Text, controlled: Text
) -> Form:
    """Its five columns, by the words the paper has for them."""
    return Form(
        code=disease.form,
        name=name,
        elements=(
            FormElement("managed", managed, "人", Kind.STOCK),
            FormElement("enrolled", enrolled, "人"),
            FormElement("visits", visits, "人次"),
            FormElement("standard", standard, "人", Kind.STOCK),
            FormElement("controlled", controlled, "人", Kind.STOCK),
        ),
        checks=(PartOf("standard", "managed"), PartOf("controlled", "managed"), PartOf("enrolled", "managed")),
        source=disease.indicators_clause,
    )
