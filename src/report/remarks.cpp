#include "report/remarks.h"

#include "base/text.h"
#include "experiment/rate_comparison.h"
#include "report/run_label.h"

namespace nnrun {

namespace {

constexpr std::size_t kLongestMessage = 2000;  // bytes

}  // namespace

void add_comparisons(const std::vector<StoredRun*>& runs) {
  std::vector<RatedRun> rated(runs.size());
  for (std::size_t r = 0; r < runs.size(); ++r) {
    rated[r].add_field("experiment", runs[r]->folder.parent_path().string());
    for (const FieldText& field : fields_of(*runs[r])) rated[r].add_field(field.path, field.value);
    rated[r].status = runs[r]->status;
    rated[r].message = runs[r]->message;
  }
  compare_rates(rated);
  for (std::size_t r = 0; r < runs.size(); ++r) runs[r]->message = rated[r].message;
}

std::string remark_lines(const std::vector<std::string>& names,
                         const std::vector<std::string>& messages) {
  std::string text;
  for (std::size_t r = 0; r < names.size(); ++r) {
    if (messages[r].empty()) continue;
    text += printable(names[r]) + ": " + printable(messages[r], kLongestMessage) + "\n";
  }
  return text.empty() ? text : "\n" + text;
}

}  // namespace nnrun
