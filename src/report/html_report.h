// The page of `nnrun report`: one HTML file that needs nothing else.
#pragma once

#include <string>

#include "report/report_source.h"

namespace nnrun {

struct PageOptions {
  int refresh = 0;       ///< seconds ≥ 1: of runs in training, and loads itself anew
  bool mistakes = true;  ///< with the test images that are taken for others, which reads the data
  std::size_t threads = 0;  ///< 0: one for each core
};

/// The whole file. The same source gives the same bytes.
std::string html_report(const ReportSource& source, const PageOptions& options);

}  // namespace nnrun
