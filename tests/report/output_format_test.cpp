#include "report/output_format.h"

#include "support.h"

namespace nnrun {

using namespace test;

namespace {

/// Two runs: one of them without a loss, with names that need care.
OutputTable two_rows() {
  OutputTable output;
  output.columns = {{.name = "run"},
                    {.name = "batch_size", .numbers = true},
                    {.name = "loss", .group = "test", .numbers = true, .digits = 2},
                    {.name = "accuracy",
                     .group = "test",
                     .numbers = true,
                     .digits = 2,
                     .better = Better::kHigher}};
  output.rows = {{"a|b, *\"c\"", "full", "", "0.5"}, {"2", "128", "1e-05", "0.98765"}};
  return output;
}

OutputTable wide(std::size_t columns) {
  OutputTable output;
  output.columns = {{.name = "run"}};
  output.rows = {{"a"}};
  for (std::size_t c = 0; c < columns; ++c) {
    output.columns.push_back({.name = std::string(28, static_cast<char>('a' + c))});
    output.rows[0].push_back(std::to_string(c));
  }
  return output;
}

}  // namespace

TEST_CASE("output_format: a table rounds, marks the best and puts a heading over a group") {
  CHECK_EQ(to_text(two_rows(), OutputFormat::kTable),
           "                       test\n"
           "run        batch_size  loss  accuracy\n"
           "a|b, *\"c\"  full              0.50\n"
           "2          128         0.00  0.99*\n");
}

TEST_CASE("output_format: csv has every digit and quotes what needs it") {
  CHECK_EQ(to_text(two_rows(), OutputFormat::kCsv),
           "run,batch_size,test_loss,test_accuracy\n"
           "\"a|b, *\"\"c\"\"\",full,,0.5\n"
           "2,128,1e-05,0.98765\n");
}

TEST_CASE("output_format: json writes numbers as numbers in columns of numbers, null if missing") {
  CHECK_EQ(to_text(two_rows(), OutputFormat::kJson),
           "[\n"
           "  {\n"
           "    \"run\": \"a|b, *\\\"c\\\"\",\n"
           "    \"batch_size\": \"full\",\n"
           "    \"test_loss\": null,\n"
           "    \"test_accuracy\": 0.5\n"
           "  },\n"
           "  {\n"
           "    \"run\": \"2\",\n"
           "    \"batch_size\": 128,\n"
           "    \"test_loss\": 1e-05,\n"
           "    \"test_accuracy\": 0.98765\n"
           "  }\n"
           "]\n");
}

TEST_CASE("output_format: json keeps whole numbers of 64 bits, and what is not finite as text") {
  OutputTable output{{{.name = "a", .numbers = true}, {.name = "b", .numbers = true}},
                     {{"18446744073709551615", "nan"}}};
  CHECK_EQ(to_text(output, OutputFormat::kJson),
           "[\n  {\n    \"a\": 18446744073709551615,\n    \"b\": \"nan\"\n  }\n]\n");
}

TEST_CASE("output_format: markdown escapes what would end a cell or mean something else") {
  CHECK_EQ(to_text(two_rows(), OutputFormat::kMarkdown),
           "| run | batch_size | test_loss | test_accuracy |\n"
           "| --- | ---: | ---: | ---: |\n"
           "| a\\|b, \\*\"c\" | full |  | 0.5 |\n"
           "| 2 | 128 | 1e-05 | 0.98765 |\n");
  const OutputTable lines{{{.name = "a"}}, {{"one\ntwo <b> \\ `c`"}}};
  CHECK(contains(to_text(lines, OutputFormat::kMarkdown), "| one two \\<b> \\\\ \\`c\\` |\n"));
}

TEST_CASE("output_format: a table wider than 100 columns goes on in blocks with the first column") {
  const std::string a(28, 'a');
  const std::string b(28, 'b');
  const std::string c(28, 'c');
  const std::string d(28, 'd');
  const std::string pad(27, ' ');
  CHECK_EQ(to_text(wide(4), OutputFormat::kTable), "run  " + a + "  " + b + "  " + c + "\na    " +
                                                       pad + "0  " + pad + "1  " + pad +
                                                       "2\n\nrun  " + d + "\na    " + pad + "3\n");
  OutputTable wider = wide(1);
  wider.rows[0][1] = std::string(150, 'x');
  CHECK_EQ(to_text(wider, OutputFormat::kTable),
           "run  " + a + "\na    " + std::string(150, 'x') + "\n");
}

TEST_CASE("output_format: a heading wider than its columns makes room for itself") {
  const OutputTable output{{{.name = "a", .group = "long_heading"}, {.name = "b", .group = "x"}},
                           {{"1", "y"}}};
  CHECK_EQ(to_text(output, OutputFormat::kTable),
           "long heading  x\n"
           "a             b\n"
           "           1  y\n");
}

TEST_CASE("output_format: a table without rows is its headings") {
  OutputTable output = two_rows();
  output.rows.clear();
  CHECK_EQ(to_text(output, OutputFormat::kCsv), "run,batch_size,test_loss,test_accuracy\n");
  CHECK_EQ(to_text(output, OutputFormat::kJson), "[]\n");
  CHECK(contains(to_text(output, OutputFormat::kTable), "run  batch_size  loss  accuracy\n"));
}

TEST_CASE("output_format: every name is the name of a format") {
  const std::vector<OutputFormat> formats = {OutputFormat::kTable, OutputFormat::kCsv,
                                             OutputFormat::kJson, OutputFormat::kMarkdown};
  REQUIRE_EQ(output_format_names().size(), formats.size());
  for (std::size_t i = 0; i < formats.size(); ++i) {
    CHECK(output_format(output_format_names()[i]) == formats[i]);
  }
}

TEST_CASE("output_format: the best is finite, and a single row is not marked") {
  CHECK_EQ(rounded({"nan", "0.25", "-inf", "0.125"}, 2, Better::kLower),
           std::vector<std::string>{"nan", "0.25 ", "-inf", "0.12*"});
  CHECK_EQ(rounded({"0.25"}, 2, Better::kHigher), std::vector<std::string>{"0.25"});
  CHECK_EQ(rounded({"1", "2"}, 1, Better::kNeither), std::vector<std::string>{"1.0", "2.0"});
}

}  // namespace nnrun
