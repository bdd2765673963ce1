// What `nnrun --help` and the manual page say of the program as a whole.
#pragma once

namespace nnrun {

constexpr const char* kProgramSummary =
    "Trains every point of a YAML experiment and writes the results as CSV.";

constexpr const char* kProgramExamples =
    "Examples:\n"
    "  nnrun configs/task3_lr_sweep.yaml          train a sweep (short for 'nnrun run …')\n"
    "  nnrun check configs/*.yaml                 look for mistakes, train nothing\n"
    "  nnrun verify experiments/report.yaml       what holds of a text's claims\n"
    "  nnrun list layers dense                    the options of a layer\n"
    "  nnrun help run                             the options of a command\n";

constexpr const char* kExitStatus =
    "Exit status: 0 done, 1 a run failed, 2 bad arguments, bad file or bad data, 3 a claim does not\n"
    "hold (nnrun batch, nnrun verify) or two runs differ (nnrun diff), 130 and 143 a signal stopped it\n"
    "and what was under way is saved.\n";

}  // namespace nnrun
