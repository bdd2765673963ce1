#include "report/live_report.h"

#include "support.h"

namespace nnrun {

using namespace test;

namespace {

LivePage page_in(const TemporaryFolder& folder) {
  return {folder / "results/x/report.html", "x", {{folder / "results/x", {"run"}}}, false};
}

constexpr const char* kRefresh = "<meta http-equiv=\"refresh\" content=\"5\">";

}  // namespace

TEST_CASE("live report: the page loads itself anew while runs are missing, and then stays") {
  const TemporaryFolder folder;
  RunObserver told;
  {
    LiveReport live({page_in(folder)}, told, 1);
    CHECK(folder.names().empty());
    live.planned({});
    const std::string page = read_bytes(folder / "results/x/report.html");
    CHECK(contains(page, kRefresh));
    CHECK(contains(page, "class=\"status not-started\""));
    write_bytes(folder / "results/x/report.html", "old");
    live.record({0, 0}, {});  // not again before its time has come
    CHECK_EQ(read_bytes(folder / "results/x/report.html"), "old");
  }
  const std::string page = read_bytes(folder / "results/x/report.html");
  CHECK_FALSE(contains(page, kRefresh));
  CHECK(contains(page, "class=\"status not-started\""));
}

TEST_CASE(
    "live report: where nothing was planned, or nothing can be written, no page and no error") {
  const TemporaryFolder folder;
  RunObserver told;
  { const LiveReport live({page_in(folder)}, told, 1); }
  CHECK(folder.names().empty());
  write_bytes(folder / "results", "a file");
  LiveReport live({page_in(folder)}, told, 1);
  live.planned({});
  CHECK_EQ(read_bytes(folder / "results"), "a file");
}

}  // namespace nnrun
