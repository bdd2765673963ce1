#include "report/page.h"

#include "support.h"

namespace nnrun {
namespace {

using namespace test;

Picture picture_of(std::size_t runs, Layout layout) {
  Picture picture;
  picture.title = "a title";
  picture.y_label = "loss";
  picture.layout = layout;
  picture.series.resize(runs, {"learning rate 0.3", {1}, {1}});
  return picture;
}

void check_inside(const Page& page) {
  for (const Box& box : page.panels) {
    CHECK_GT(box.left, 0);
    CHECK_LT(box.left, box.right);
    CHECK_LT(box.right, page.width);
    CHECK_LT(box.bottom, box.top);
    CHECK_LT(box.top, page.height);
    CHECK_GT(box.bottom, page.x_label);  // and the legend stands below that
  }
  for (const Spot& spot : page.legend) {
    CHECK_GT(spot.x, 0);
    CHECK_LT(spot.x, page.width);
    CHECK_GT(spot.y, 0);
    CHECK_LT(spot.y, page.x_label);
  }
}

TEST_CASE("page: everything stands inside it, the legend below the axes") {
  for (const std::size_t runs : {1, 2, 4, 5, 9, 10, 24, 30, 60}) {
    for (const Layout layout : {Layout::kOverlay, Layout::kPanels}) {
      const Picture picture = picture_of(runs, layout);
      const Page page = lay_out(picture, std::vector<std::string>(runs + 2, "learning rate 0.3"));
      CHECK_EQ(page.panels.size(), layout == Layout::kPanels ? runs : 1);
      CHECK_EQ(page.legend.size(), runs + 2);
      check_inside(page);
    }
  }
}

TEST_CASE("page: labels too long for one column each get a line, and are cut to the page") {
  const Picture picture = picture_of(3, Layout::kOverlay);
  const Page page = lay_out(picture, std::vector<std::string>(5, std::string(300, 'x')));
  check_inside(page);
  for (std::size_t i = 1; i < 5; ++i) {
    CHECK_EQ(page.legend[i].x, page.legend[0].x);
    CHECK_LT(page.legend[i].y, page.legend[i - 1].y);
  }
  CHECK_LT(page.legend_text.columns, 80);
}

TEST_CASE("page: inner panels go without numbers") {
  const Page page = lay_out(picture_of(3, Layout::kPanels), {"training"});
  CHECK(page.panels[0].leftmost);
  CHECK_FALSE(page.panels[1].leftmost);
  CHECK(page.panels[2].leftmost);
  CHECK_FALSE(page.panels[0].lowest);
  CHECK(page.panels[1].lowest);  // nothing stands below it
  CHECK(page.panels[2].lowest);
}

}  // namespace
}  // namespace nnrun
