// Whole runs: schema text and a plan in, files out.
#include <atomic>
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.hpp"
#include "base/sha256.hpp"
#include "ddl/ddl.hpp"
#include "sink/documents.hpp"
#include "sink/sink.hpp"
#include "sink/zip_reader.hpp"

namespace confab::sink {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr std::size_t most = 1U << 28U;

constexpr const char* schema_text = R"(
CREATE TABLE customers (id serial PRIMARY KEY, born date NOT NULL, score numeric(8,2));
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id integer NOT NULL REFERENCES customers, state text NOT NULL);
)";

constexpr const char* plan_text = R"({
  "confab_plan": 1, "seed": 7, "as_of": "2026-01-01", "locale": "en_US",
  "tables": {
    "customers": {"rows": 20000, "columns": {
      "id": {"generator": "sequence"},
      "born": {"generator": "date", "from": "1950-01-01", "to": "2005-12-31"},
      "score": {"generator": "decimal", "min": 0, "max": 900, "nulls": 0.2}}},
    "orders": {"rows": 50000, "columns": {
      "id": {"generator": "sequence"},
      "customer_id": {"generator": "reference"},
      "state": {"generator": "choice", "values": ["new", "paid, in part", "", "back \"again\""]}}}}})";

class Export : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "confab_export_XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
        auto document = ddl::read({"shop.sql", schema_text});
        ASSERT_TRUE(document) << to_text(document.error());
        auto plan = plan::read(plan_text, "plan.json", document->schema);
        ASSERT_TRUE(plan) << to_text(plan.error());
        auto program = engine::compile(document->schema, *plan, {});
        ASSERT_TRUE(program) << to_text(program.error());
        program_.emplace(std::move(*program));
    }
    void TearDown() override { fs::remove_all(folder_); }

    std::string path(const std::string& name) const { return (folder_ / name).string(); }
    static RunOptions with_threads(unsigned threads) {
        RunOptions options;
        options.threads = threads;
        return options;
    }
    std::string zip(const std::string& name, unsigned threads, Compression compression = Compression::fast) {
        const auto report = write_zip(*program_, path(name), false, compression, with_threads(threads));
        EXPECT_TRUE(report) << to_text(report.error());
        return *read_file(path(name), most);
    }
    std::string stream(engine::RowRange range, bool header) {
        const std::string name = path("stream.csv");
        FileDescriptor file(::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600));
        EXPECT_TRUE(write_stream(*program_, 1, range, header, file.get(), with_threads(2)));
        return *read_file(name, most);
    }

    fs::path folder_;
    std::optional<engine::Program> program_;
};

TEST_F(Export, ArchivesHaveTheSameBytesForAnyNumberOfThreads) {
    const std::string one = zip("1.zip", 1);
    EXPECT_EQ(zip("2.zip", 2), one);
    EXPECT_EQ(zip("8.zip", 8), one);
}

TEST_F(Export, FolderAndArchiveHoldTheSameFiles) {
    ASSERT_TRUE(write_directory(*program_, path("out"), false, with_threads(3)));
    zip("a.zip", 2);
    zip("b.zip", 2, Compression::small);
    zip("c.zip", 1, Compression::none);
    std::size_t files = 0;
    for (const auto& entry : fs::directory_iterator(path("out"))) {
        const std::string name = entry.path().filename().string();
        const std::string text = *read_file(entry.path().string(), most);
        for (const char* archive : {"a.zip", "b.zip", "c.zip"}) {
            const auto packed = read_zip_entry(path(archive), name, most);
            ASSERT_TRUE(packed) << to_text(packed.error());
            EXPECT_EQ(*packed, text) << name;
        }
        ++files;
    }
    EXPECT_EQ(files, 7U);
    EXPECT_FALSE(read_zip_entry(path("a.zip"), "left_out.sql", most));
}

TEST_F(Export, TheManifestTellsWhatEachFileIs) {
    ASSERT_TRUE(write_directory(*program_, path("out"), false, with_threads(2)));
    const auto manifest = plan::Json::parse(*read_file(path("out/manifest.json"), most));
    EXPECT_EQ(manifest.at("tables").size(), 2U);
    EXPECT_EQ(manifest.at("files").size(), 6U);
    for (const auto& file : manifest.at("files")) {
        const std::string text = *read_file(path("out/" + file.at("name").get<std::string>()), most);
        EXPECT_EQ(file.at("bytes").get<std::size_t>(), text.size());
        EXPECT_EQ(file.at("sha256").get<std::string>(), sha256(text));
    }
}

TEST_F(Export, RangesAreTheirPiecesOfTheWhole) {
    const std::string whole = stream({0, 50'000}, true);
    std::string joined = stream({0, 0}, true);
    for (std::uint64_t from = 0; from < 50'000; from += 7'001) {
        joined += stream({from, std::min<std::uint64_t>(50'000, from + 7'001)}, false);
    }
    EXPECT_EQ(joined, whole);
    EXPECT_THAT(whole, HasSubstr(",\"paid, in part\"\n"));
    EXPECT_THAT(whole, HasSubstr(",\"\"\n"));
    EXPECT_THAT(whole, HasSubstr(",\"back \"\"again\"\"\"\n"));
}

TEST_F(Export, ACancelledRunLeavesNothing) {
    std::atomic<bool> cancel = false;
    RunOptions options = with_threads(2);
    options.cancel = &cancel;
    options.progress = [&](const Progress&) { cancel = true; };
    cancel = true;
    const auto report = write_zip(*program_, path("x.zip"), false, Compression::fast, options);
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().kind, ErrorKind::cancelled);
    EXPECT_FALSE(write_directory(*program_, path("x"), false, options));
    EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(Export, TheReportIsReadable) {
    const auto report = write_zip(*program_, path("x.zip"), false, Compression::fast, with_threads(1));
    ASSERT_TRUE(report);
    const auto text = report_text(plan::Json::parse(*read_zip_entry(path("x.zip"), "report.json", most)));
    ASSERT_TRUE(text) << to_text(text.error());
    EXPECT_THAT(*text, HasSubstr("orders: 50,000 rows"));
    EXPECT_THAT(*text, HasSubstr("by construction     foreign key orders_customer_id_fkey"));
    EXPECT_FALSE(report_text(plan::Json::parse("{}")));
}

}  // namespace
}  // namespace confab::sink
