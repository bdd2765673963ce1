// The words in which values are asked for, and the forms of what a reader reads.
#include "config/form.h"

#include <regex>

#include "base/text.h"
#include "config/options_fixture.h"

namespace nnrun {
namespace {

TEST_CASE("form: each is said in the words of its kind, or in its own") {
  const Form side = whole_form(at_least(1));
  CHECK_EQ(real_form(positive()).text(), "a real number > 0");
  CHECK_EQ(side.text(), "a whole number ≥ 1");
  CHECK_EQ(boolean_form().text(), "true | false");
  CHECK_EQ(text_form().text(), "text");
  CHECK_EQ(text_form("a path").text(), "a path");
  CHECK_EQ(choice_form({"never", "once"}).text(), "never | once");
  CHECK_EQ(leaf_form("").text(), "a name, or a name with options");
  CHECK_EQ(leaf_form("layer").text(), "a layer");
  CHECK_EQ(leaf_form("initializer").text(), "an initializer");
  CHECK_EQ(list_form(leaf_form("layer")).text(), "a list, each item a layer");
  CHECK_EQ(mapping_form().text(), "a mapping");
  CHECK_EQ(either({word_form("full"), side}).text(), "'full' or a whole number ≥ 1");
  CHECK_EQ(either({side, leaf_form("schedule")}).text(), "a whole number ≥ 1, or a schedule");
  CHECK_EQ(either({side, leaf_form("schedule")}, "this or that").text(), "this or that");
}

TEST_CASE("form: what a reader asks for of a mapping") {
  const Form form = form_read_by([](const Slot& slot) {
    Options options(slot);
    options.whole("height", at_least(1));
    options.real("scale", positive(), 0.5);
    options.optional_text("file");
    Options inside(options.mapping("inside", false));
    inside.text("name");
    options.record_one_of({{"norm", text_form(), {}}, {"value", text_form(), {}}});
  });
  CHECK_EQ(form.text(), "{height: …, scale: …, file: …, inside: …, norm: …, value: …}");
  REQUIRE_EQ(form.options.size(), 6);
  CHECK(form.options[0].required());
  CHECK_EQ(form.options[1].default_value, "0.5");
  CHECK_EQ(form.options[2].default_value, kNoDefault);
  REQUIRE_EQ(form.options[3].form.options.size(), 1);
  CHECK_EQ(form.options[3].form.options[0].path, "name");
  CHECK_EQ(form.one_of, std::vector<std::vector<std::string>>{{"norm", "value"}});
}

TEST_CASE("form: a leaf is of the kind that it is made as") {
  test::OptionsFixture fixture("{weights: zeros}");
  fixture.options.leaf("weights").note_kind("initializer");
  CHECK_EQ(fixture.reading.mapping({}).options.front().form.text(), "an initializer");
}

TEST_CASE("form: the pattern of a folder's name is is_folder_name") {
  const std::regex pattern(folder_name_form().pattern);
  const std::string longest(100, 'a');
  for (const std::string& name :
       {std::string("a"), std::string("A_b-c.9"), longest, longest + "a", std::string(),
        std::string("."), std::string("-a"), std::string("a b"), std::string("a/b"),
        std::string("ä"), std::string("a\n")}) {
    CAPTURE(name);
    CHECK_EQ(std::regex_search(name, pattern), is_folder_name(name));
  }
}

TEST_CASE("options: a list is no value of a grid axis") {
  test::OptionsFixture fixture("{a: [1, [2, 3]]}");
  fixture.options.whole("a");
  CHECK_EQ(fixture.diagnostics.text(),
           "test:1:9: a: expected one value of a grid axis, got a list");
}

}  // namespace
}  // namespace nnrun
