#include "report/run_file.h"

#include "base/error.h"
#include "experiment/run_files.h"
#include "report/html_text.h"

namespace nnrun {

std::string html_of_file(const ReportRun& run, const std::string& name,
                         const std::function<std::string(const std::string&)>& show) {
  if (!run.facts.is_object() || !run.facts["files"].contains(name)) return {};
  try {
    return show(read_intact(run.stored.folder / name, run.facts["files"][name].get<std::string>()));
  } catch (const Error& error) {
    return html_not_shown(error);
  }
}

}  // namespace nnrun
