// What the manual page and the completions are made of. tests/install tries them in man, bash and zsh.
#include "cli/manual.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "cli/completion.h"
#include "support.h"

namespace nnrun {

using namespace test;

namespace {

const Usage& usage_of(const std::vector<Usage>& usages, const std::string& name) {
  return *std::find_if(usages.begin(), usages.end(),
                       [&](const Usage& usage) { return usage.name == name; });
}

const Argument& option_of(const Usage& usage, const std::string& name) {
  return *std::find_if(usage.options.begin(), usage.options.end(), [&](const Argument& option) {
    return std::find(option.names.begin(), option.names.end(), name) != option.names.end();
  });
}

/// A command with what the real ones have not.
Usage odd_command() {
  Argument option;
  option.names = {"--odd"};
  option.value = "SIGN";
  option.description = "it's a [sign], or a \\";
  option.choices = {"plus", "minus"};
  option.offer = Offer::kChoices;
  return {"odd", "odd 'things'", "Example:\n  nnrun odd\n", {option}, {}};
}

}  // namespace

TEST_CASE("manual: text is nothing but text to groff") {
  CHECK_EQ(roff("plain"), "plain");
  CHECK_EQ(roff("--set 'a=b'"), "\\-\\-set \\(aqa=b\\(aq");
  CHECK_EQ(roff(".dot\n.dot a.b"), "\\&.dot\n\\&.dot a.b");
  CHECK_EQ(roff("\\ ` ^ ~ \""), "\\e \\(ga \\(ha \\(ti \\(dq");
}

TEST_CASE("manual: indented lines of a help stay as they are, others are filled") {
  CHECK_EQ(roff_notes("Example:\n  nnrun a\n    b\n\nOne\ntwo.\n"),
           "Example:\n.RS 4\n.EX\nnnrun a\n  b\n.EE\n.RE\n.PP\nOne\ntwo.\n");
  CHECK_EQ(roff_notes("One.\n\nTwo:\n  three\n"), "One.\n.PP\nTwo:\n.RS 4\n.EX\nthree\n.EE\n.RE\n");
  CHECK_EQ(roff_notes(""), "");
}

TEST_CASE("usage: what the command table says of arguments") {
  const auto usages = command_usages();
  const Usage& run = usage_of(usages, "run");
  CHECK_EQ(run.synopsis(), "nnrun run [OPTION]... FILE...");
  CHECK_EQ(run.positionals.at(0).offer, Offer::kYaml);
  const Argument& retry = option_of(run, "--retry");
  CHECK_EQ(retry.value, "STATUS");
  CHECK_EQ(retry.choices, std::vector<std::string>{"failed", "diverged", "damaged"});
  CHECK(retry.many);
  const Argument& quiet = option_of(run, "-q");
  CHECK_EQ(quiet.names, std::vector<std::string>{"-q", "--quiet"});
  CHECK_EQ(quiet.value, "");
  CHECK_FALSE(quiet.many);
  CHECK_EQ(option_of(run, "--results").offer, Offer::kFolder);
  CHECK_EQ(option_of(run, "--results").default_value, "results");
  CHECK_EQ(option_of(run, "--log-file").offer, Offer::kFile);
  const Usage& list = usage_of(usages, "list");
  CHECK_EQ(list.synopsis(), "nnrun list [OPTION]... [KIND] [NAME]");
  CHECK_EQ(usage_of(usages, "doctor").synopsis(), "nnrun doctor");
  CHECK_EQ(list.positionals.at(1).offer, Offer::kLeaf);
}

TEST_CASE("usage: nothing that is printed depends on the processor") {
  const std::vector<Usage> usages = command_usages();
  const Argument& kernel = option_of(usage_of(usages, "run"), "--kernel");
#if defined(__x86_64__)
  CHECK_EQ(kernel.choices, std::vector<std::string>{"avx512", "avx2", "sse2"});
#endif
  for (const std::string& name : kernel.choices) CHECK_FALSE(contains(kernel.description, name));
}

TEST_CASE("manual and completion: a new command and its option appear by themselves") {
  const std::vector<Usage> odd = {odd_command()};
  const std::string page = manual(program_usage(), odd);
  CHECK(contains(page, ".SS nnrun odd [OPTION]...\nodd \\(aqthings\\(aq.\n"));
  CHECK(contains(page,
                 ".TP\n\\fB\\-\\-odd\\fR \\fISIGN\\fR\n"
                 "it\\(aqs a [sign], or a \\e; one of plus, minus\n"));
  CHECK(
      contains(bash_completion(program_usage(), odd), "'odd --odd') _nnrun_words plus minus ;;\n"));
  const std::string zsh = zsh_completion(program_usage(), odd);
  CHECK(contains(zsh, "'(--odd)--odd=[it'\\''s a \\[sign\\], or a \\\\]:SIGN:(plus minus)'"));
  CHECK(contains(zsh, "'odd:odd '\\''things'\\'''\n"));
}

}  // namespace nnrun
