#include "experiment/batch_script.h"

#include "support.h"

namespace nnrun {

using namespace test;

namespace {

BatchJob job() {
  BatchJob job;
  job.name = "study";
  job.program = "/usr/bin/nnrun";
  job.working = "/home/me";
  job.folder = "/home/me/results/study";
  job.results = "/home/me/results";
  job.files = {"/home/me/results/study/experiment.yaml"};
  job.kernel = "avx2";
  job.shares = 4;
  job.ending = {"run", "/home/me/results/study/experiment.yaml", "--only-tables"};
  return job;
}

bool has_line(const std::string& script, const std::string& line) {
  return contains(script, "\n" + line + "\n");
}

}  // namespace

TEST_CASE("batch_script: what sbatch reads stands before the first command") {
  BatchJob with_options = job();
  with_options.sbatch = {"--partition=cpu", "--time=2:00:00", "--comment=two words"};
  const std::string script = batch_script(with_options);
  CHECK(script.starts_with("#!/usr/bin/env bash\n# Trains study on a Slurm cluster."));
  const std::string head = script.substr(0, script.find("\nset -u\n") + 1);
  for (const char* line :
       {"#SBATCH --job-name=study", "#SBATCH --output=/home/me/results/study/slurm/%A_%a.log",
        "#SBATCH --open-mode=append", "#SBATCH --requeue", "#SBATCH --signal=B:USR1@60",
        "#SBATCH --partition=cpu", "#SBATCH --time=2:00:00", "#SBATCH \"--comment=two words\""}) {
    CAPTURE(line);
    CHECK(has_line(head, line));
  }
}

TEST_CASE("batch_script: each task trains its share, and the last job writes the tables") {
  const std::string script = batch_script(job());
  CHECK(has_line(script, "nnrun=/usr/bin/nnrun"));
  CHECK(has_line(script, "files=(/home/me/results/study/experiment.yaml)"));
  CHECK(contains(script, "\nkernel=avx2 #"));
  CHECK_FALSE(contains(script, "NNRUN_DATA_DIR"));
  CHECK(
      contains(script, "--results \"$results\" --shard \"$(($1 + SLURM_ARRAY_TASK_ID))/4\" \\\n"));
  CHECK(has_line(script, "  \"$nnrun\" run /home/me/results/study/experiment.yaml --only-tables"));
  CHECK_EQ(batch_script(job()), script);
}

TEST_CASE("batch_script: the task of a search with rungs has the whole file") {
  BatchJob search = job();
  search.sharded = false;
  search.shares = 1;
  CHECK_FALSE(contains(batch_script(search), "--shard"));
}

TEST_CASE("batch_script: no text of a file or a path is run by the shell") {
  BatchJob hostile = job();
  hostile.choice = {"--only", "a='$(touch /tmp/x)'"};
  hostile.working = "/home/o'hara $(reboot)";
  hostile.data_folder = "/data `ls`";
  const std::string script = batch_script(hostile);
  CHECK(contains(script, R"( --only 'a='\''$(touch /tmp/x)'\''' --shard)"));
  CHECK(has_line(script, R"(working='/home/o'\''hara $(reboot)')"));
  CHECK(has_line(script, "export NNRUN_DATA_DIR='/data `ls`'"));
}

TEST_CASE(
    "batch_script: a folder with blanks is quoted for sbatch, what sbatch would replace is refused") {
  BatchJob blanks = job();
  blanks.folder = "/home/me/my results/study";
  CHECK(has_line(batch_script(blanks),
                 "#SBATCH --output=\"/home/me/my results/study/slurm/%A_%a.log\""));
  for (const char* folder :
       {"/a/100%/study", "/a\"b/study", "/a'b/study", "/a\\b/study", "/a\nb/study"}) {
    BatchJob bad = job();
    bad.folder = folder;
    CHECK(contains(error_of([&] { batch_script(bad); }), "cannot stand in a batch script"));
  }
  BatchJob option = job();
  option.sbatch = {"--comment=a\n#SBATCH --uid=0"};
  CHECK(contains(error_of([&] { batch_script(option); }), "cannot stand in a batch script"));
}

}  // namespace nnrun
