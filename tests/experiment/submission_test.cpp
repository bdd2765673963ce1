#include "experiment/submission.h"

#include "support.h"

namespace nnrun {

using namespace test;

namespace {

using Indices = std::vector<std::size_t>;

/// A folder with slurm/ in it.
struct Submitted {
  Submitted() { std::filesystem::create_directory(folder / "slurm"); }
  TemporaryFolder folder;
};

}  // namespace

TEST_CASE("submission: array indices as sbatch has them, and back") {
  const std::vector<std::pair<Indices, std::string>> table = {
      {{0}, "0"}, {{0, 1, 2, 3}, "0-3"}, {{0, 2, 4}, "0,2,4"}, {{1, 2, 5, 7, 8, 9}, "1-2,5,7-9"}};
  for (const auto& [indices, text] : table) {
    CHECK_EQ(index_ranges(indices), text);
    CHECK(parse_index_ranges(text) == indices);
  }
  for (const char* text : {"", "a", "3-1", "-1", "1-", "0-99999999999"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_index_ranges(text));
  }
}

TEST_CASE("submission: the word of a folder stays, and another folder has another") {
  const Submitted one;
  const Submitted two;
  const std::string word = probe_word(one.folder.path());
  CHECK_EQ(word.size(), 16);
  CHECK_EQ(probe_word(one.folder.path()), word);
  CHECK_NE(probe_word(two.folder.path()), word);
  write_bytes(one.folder / "slurm/probe", "../x\n");
  CHECK(contains(error_of([&] { probe_word(one.folder.path()); }),
                 "not as 'nnrun submit' writes it"));
}

TEST_CASE("submission: what was submitted is read back") {
  const Submitted there;
  const auto& folder = there.folder.path();
  CHECK_FALSE(read_submission(folder));
  CHECK(submitted_jobs(folder).empty());
  write_submission(folder, {{"../a", "../b"}, {{"seed=1,\"x\""}, 7}, 3});
  const auto read = read_submission(folder);
  REQUIRE(read);
  CHECK_EQ(read->experiments.back(), "../b");
  CHECK_EQ(read->choice.only.front(), "seed=1,\"x\"");
  CHECK_EQ(read->choice.limit.value_or(0), 7);
  CHECK_EQ(read->shares, 3);
  add_job(folder, {"12", 0, 3, {0, 1}});
  add_job(folder, {"13", 5, 3, {}});
  const auto jobs = submitted_jobs(folder);
  REQUIRE_EQ(jobs.size(), 2);
  CHECK_EQ(jobs[0].job, "12");
  CHECK(jobs[0].tasks == Indices{0, 1});
  CHECK_EQ(jobs[1].offset, 5);
  CHECK(jobs[1].tasks.empty());
}

TEST_CASE("submission: files of slurm/ that nnrun did not write are refused") {
  const Submitted there;
  const auto& folder = there.folder.path();
  for (const char* text : {"", "{", "[]", "{}", R"({"experiments": ["."], "only": 1, "shares": 1})",
                           R"({"experiments": ["."], "only": [], "shares": 0})",
                           R"({"experiments": ["."], "only": [], "shares": -1})"}) {
    CAPTURE(text);
    write_bytes(folder / "slurm/submission.json", text);
    CHECK(contains(error_of([&] { read_submission(folder); }), "not as 'nnrun submit' writes it"));
  }
  for (const char* row :
       {"12,0,3\n", "x,0,3,0,t\n", "12,-1,3,0,t\n", "12,0,3,3-1,t\n", "12,0,3,,t\n", "\n"}) {
    CAPTURE(row);
    write_bytes(folder / "slurm/jobs.csv",
                std::string("job,offset,shares,tasks,submitted\n") + row);
    CHECK(contains(error_of([&] { submitted_jobs(folder); }), "not as 'nnrun submit' writes it"));
  }
}

TEST_CASE(
    "submission: the queue's tasks are those of the shares, the last job's where several had one") {
  const auto queue = parse_queue(
      "12|0|RUNNING|vm|None\n"
      "13|1|PENDING||Resources\n"
      "14|N/A|PENDING||Dependency\n"
      "99|0|RUNNING|vm|None\n"
      "slurm_load_jobs: something else\n");
  REQUIRE_EQ(queue.size(), 4);
  CHECK_EQ(queue[0].name(), "12_0");
  CHECK_EQ(queue[2].name(), "14");
  CHECK_EQ(queue[1].reason, "Resources");
  const std::vector<SubmittedJob> jobs = {{"11", 0, 4, {0, 1, 2, 3}},
                                          {"12", 0, 4, {0, 1}},
                                          {"13", 2, 4, {0, 1}},
                                          {"14", 0, 4, {}},
                                          {"10", 0, 9, {0}}};
  CHECK_EQ(tasks_of(jobs, queue).size(), 3);
  const auto tasks = tasks_of_shares(jobs, queue, 4);
  REQUIRE_EQ(tasks.size(), 4);
  CHECK_EQ(tasks.at(0).state, "RUNNING");
  CHECK_EQ(tasks.at(1).name(), "12_1");
  CHECK_EQ(tasks.at(1).state, "");  // it has ended
  CHECK_EQ(tasks.at(2).name(), "13_0");
  CHECK_EQ(tasks.at(3).state, "PENDING");
}

}  // namespace nnrun
