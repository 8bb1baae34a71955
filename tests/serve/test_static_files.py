import gzip

import pytest

from choreo.serve.frame import page_files
from choreo.serve.static_files import COMPILE_ALL, StaticFiles


def test_an_address_changes_when_any_file_changes(tmp_path):
    path = tmp_path / "a.css"
    path.write_text("p {}")
    before = StaticFiles({"a.css": path}).url("a.css")
    path.write_text("p { color: red }")
    assert StaticFiles({"a.css": path}).url("a.css") != before


def test_a_zipped_file_is_served_as_what_it_holds(tmp_path):
    path = tmp_path / "plot.js.gz"
    path.write_bytes(gzip.compress(b"let x = 1;"))
    file = StaticFiles({"plot.js": path}).files["plot.js"]
    assert (file.content, file.media_type) == (b"let x = 1;", "text/javascript")
    assert gzip.decompress(file.compressed) == file.content


def test_a_script_asks_to_be_compiled_as_a_whole(tmp_path):
    path = tmp_path / "page.js"
    path.write_bytes(b"let x = 1;")
    assert StaticFiles({"page.js": path}).files["page.js"].content == COMPILE_ALL + b"let x = 1;"


def test_a_missing_file_is_an_error_for_the_builder_not_the_learner():
    with pytest.raises(KeyError):
        page_files().url("client/nothing.js")


def test_the_page_s_files_name_no_other_host():
    for name, file in page_files().files.items():
        if name.endswith((".css", ".svg")):
            assert b"http://" not in file.content.replace(b"http://www.w3.org", b""), name
            assert b"https://" not in file.content, name
