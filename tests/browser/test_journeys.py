"""What an analyst does on each page, in a real browser."""

from __future__ import annotations

import re

import pytest

NARROW = {"viewport": {"width": 360, "height": 740}}


def names(locator) -> list[str]:
    return [" ".join(text.split()) for text in locator.all_inner_texts()]


def test_from_who_moved_to_the_sentence_in_the_report(page, served) -> None:
    page.goto(served)
    moved = page.get_by_role("region", name="Who moved")
    assert "Serbia moved on plan of the contact group" in " ".join(moved.inner_text().split())
    assert "Bosnia" in page.get_by_role("region", name="Where sources differ").inner_text()
    page.get_by_role("link", name="Serbia opposes plan of the contact group, before: supports").click()
    assert page.url.startswith(f"{served}/stand/")
    words = page.locator("mark").first.inner_text()
    page.locator("figcaption a").first.click()
    assert "/reports/" in page.url
    note = page.locator(f'[id="{page.url.split("#")[1]}"]')
    assert note.is_visible()
    assert " ".join(words.split()) in " ".join(page.locator("article").inner_text().split())


def test_the_slider_shows_the_table_of_a_day(page, served) -> None:
    page.goto(f"{served}/positions?topic=territory")
    before = page.locator(".cell.moved").count()
    assert before
    slider = page.get_by_label("Go through time")
    slider.focus()
    page.keyboard.press("Home")
    with page.expect_navigation():
        slider.dispatch_event("change")
    assert "until=1995-09-15" in page.url
    assert "as they stood on 15 Sept 1995" in page.get_by_role("heading", level=1).inner_text()
    assert page.locator(".cell").count()
    assert not page.locator(".cell.moved").count()
    page.get_by_label("As of").fill("1995-10-05")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile("until=1995-10-05"))
    assert page.locator(".cell.moved").count() == before


def test_the_table_is_narrowed_and_widened_again(page, served) -> None:
    page.goto(f"{served}/positions")
    rows = page.locator(".matrix tbody tr").count()
    page.get_by_label("On the ground of").select_option("narrated")
    page.get_by_label("Topic").select_option("territory")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile("basis=narrated"))
    assert 0 < page.locator(".matrix tbody tr").count() < rows
    assert set(names(page.locator(".matrix .topic"))) == {"territory"}
    page.get_by_role("link", name="Show all").click()
    page.wait_for_url(f"{served}/positions")
    assert page.locator(".matrix tbody tr").count() == rows


def test_a_statement_is_found_and_copied_as_a_citation(page, served) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(served)
    page.get_by_role("searchbox", name="Search the statements").fill("guns")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/statements"))
    assert page.locator(".said").count() == 1
    page.get_by_role("button", name="Copy as a citation").click()
    page.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Richard Holbrooke: “that the talks were useful")
    assert "(Danube Wire, 1995-09-15, ‘Danube Wire on the talks’) [s-" in copied


def test_a_bar_of_the_timeline_opens_its_days(page, served) -> None:
    page.goto(f"{served}/timeline")
    page.locator("select[name=a]").select_option("SRB")
    page.locator("select[name=b]").select_option("USA")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile("a=SRB"))
    assert page.locator(".chart a").count() == 2
    page.get_by_role("link", name=re.compile("^1995-10-05")).click()
    page.wait_for_url(re.compile("since=1995-10-05"))
    assert names(page.locator(".onday time")) == ["5 Oct 1995"]
    assert "criticises" in page.locator(".onday").inner_text()


def test_an_encounter_shows_what_each_side_says(page, served) -> None:
    page.goto(f"{served}/encounters")
    page.get_by_role("link", name=re.compile("Holbrooke.*Milosevic")).first.click()
    page.wait_for_url(re.compile("/events/"))
    told = page.locator(".accounts")
    assert names(told.locator("thead th"))[0] == "On"
    assert {"United States", "Serbia"} <= set(names(told.locator("thead th")))
    told.locator("a").first.click()
    page.wait_for_url(re.compile("/entries/"))
    assert page.locator("mark").count() >= 1


def test_layers_of_the_reader_are_switched_and_notes_light_up_their_words(page, served) -> None:
    page.goto(f"{served}/reports/vienna-2-embargo")
    assert page.get_by_role("heading", level=1).count() == 1
    statement = page.locator(".l-statement:not(.l-event):not(.l-position)").first
    colour = "e => getComputedStyle(e).backgroundColor"
    on = statement.evaluate(colour)
    page.get_by_role("checkbox", name="statements").uncheck()
    assert statement.evaluate(colour) != on
    assert not page.locator(".n-statement").first.is_visible()
    page.get_by_role("checkbox", name="statements").check()
    page.locator(".margin a").first.focus()
    assert page.locator(".lit").count() >= 1


def test_entries_are_judged_and_undone_with_the_keyboard_alone(page, changing) -> None:
    page.goto(f"{changing}/review?kind=position")
    left = int(re.sub(r"\D", "", page.locator(".kinds a").nth(1).inner_text()))
    first, second, third = (page.locator(".due").nth(n).get_attribute("id") for n in range(3))
    focused = "document.activeElement.id"
    assert page.evaluate(focused) == first
    assert page.locator("#keys").is_visible()
    page.keyboard.press("j")
    assert page.evaluate(focused) == second
    page.keyboard.press("k")
    with page.expect_navigation():
        page.keyboard.press("a")
    assert f"{first} accepted, signed Ana" in page.get_by_role("status").inner_text()
    assert page.evaluate(focused) == second
    with page.expect_navigation():
        page.keyboard.press("r")
    assert f"{second} rejected" in page.get_by_role("status").inner_text()
    assert page.evaluate(focused) == third
    page.keyboard.press("c")
    page.keyboard.press("Tab")
    page.keyboard.type("nonc")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert f"{third} corrected: stance is noncommittal" in page.get_by_role("status").inner_text()
    with page.expect_navigation():
        page.keyboard.press("u")
    assert "Review 3 is undone" in page.get_by_role("status").inner_text()
    assert int(re.sub(r"\D", "", page.locator(".kinds a").nth(1).inner_text())) == left - 2
    page.goto(f"{changing}/reviews")
    assert len(names(page.locator("tbody tr"))) == 4
    page.get_by_role("button", name="Undo review 2").click()
    page.wait_for_url(re.compile("done=5"))
    page.goto(f"{changing}/entries/{second}")
    assert "undone" in page.get_by_role("region", name="Review").inner_text()


def test_words_are_corrected_by_selecting_them(page, changing) -> None:
    page.goto(f"{changing}/review?kind=statement")
    due = page.locator(".due").first
    due.locator("summary").click()
    text = due.locator("blockquote").inner_text()
    due.locator("blockquote mark").dblclick()
    chosen = page.evaluate("getSelection().toString()").strip()
    due.get_by_role("button", name="Take the words").click()
    start, _, end = due.get_by_label("Words").input_value().partition(":")
    assert chosen in text
    assert int(end) - int(start) == len(page.evaluate("getSelection().toString()"))
    due.get_by_role("button", name="Save the correction").click()
    page.wait_for_url(re.compile("done=1"))
    assert f"span is {chosen}" in page.get_by_role("status").inner_text()


def test_a_correction_that_makes_no_sense_is_told(page, changing) -> None:
    page.goto(f"{changing}/review?kind=statement")
    due = page.locator(".due").first
    due.locator("summary").click()
    due.get_by_label("Speaker").fill("Atlantis")
    response = page.context.request  # the browser logs a failed load, so the form is sent beside the page
    values = due.locator("details form").evaluate("f => Object.fromEntries(new FormData(f))")
    told = response.post(f"{changing}/review", form={**values, "judgement": "correct"}).text()
    assert "Atlantis" in told


def test_files_are_dropped_and_what_became_of_them_is_listed(page, changing) -> None:
    page.goto(f"{changing}/reports")
    text = (
        "HAVANA - The government of Colombia and the FARC reached an agreement on Wednesday.\n\n"
        '"The war is over," Humberto de la Calle told reporters.'
    )
    page.evaluate(
        """([text]) => {
            const files = new DataTransfer();
            files.items.add(new File([text], '../../havana.txt'));
            files.items.add(new File([''], 'empty.txt'));
            document.getElementById('add').dispatchEvent(
                new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }));
        }""",
        [text],
    )
    page.wait_for_url(re.compile("/added/1"), timeout=20_000)
    page.get_by_text("Done.").wait_for(timeout=30_000)
    assert "havana: filed" in page.locator("tbody").inner_text()
    assert "not" in page.locator("tbody tr").nth(1).inner_text()
    page.get_by_role("link", name="havana").click()
    page.wait_for_url(re.compile("/reports/havana"))
    assert "Humberto de la Calle" in page.locator("article").inner_text()


def test_the_keyboard_reaches_the_content_and_shows_where_it_is(page, served) -> None:
    page.goto(f"{served}/positions")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    outline = "e => e.type === 'date' ? 'its own' : getComputedStyle(e).outlineStyle"
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate_handle("document.activeElement").evaluate(outline) in ("solid", "its own")


@pytest.mark.parametrize("page", [{**NARROW, "java_script_enabled": False}], indirect=True)
def test_a_telephone_without_scripts_can_review(page, changing) -> None:
    page.goto(f"{changing}/review")
    entry = page.locator(".due").first.get_attribute("id")
    page.get_by_role("button", name="Reject", exact=True).first.click()
    page.wait_for_url(re.compile("done=1"))
    assert f"{entry} rejected" in page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Undo review 1").click()
    page.wait_for_url(re.compile("done=2"))
    assert page.locator(f'[id="{entry}"]').count() == 1
