#include "base/files.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/sha256.hpp"

namespace confab {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Files : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "confab_files_XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
    }
    void TearDown() override { fs::remove_all(folder_); }

    std::string path(const std::string& name) const { return (folder_ / name).string(); }
    std::size_t entries() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
    }
    static std::string content(const std::string& file) {
        std::ifstream in(file);
        std::ostringstream out;
        out << in.rdbuf();
        return out.str();
    }
    static void put(const std::string& file, const std::string& text) { std::ofstream(file) << text; }

    fs::path folder_;
};

TEST_F(Files, AFileAppearsOnlyWhenWhole) {
    auto file = OutputFile::create(path("a.zip"), Overwrite::no);
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->write("hello world"));
    ASSERT_TRUE(file->write_at(6, "W"));
    EXPECT_FALSE(fs::exists(path("a.zip")));
    ASSERT_TRUE(file->commit());
    EXPECT_EQ(content(path("a.zip")), "hello World");
    EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, AnAbandonedFileLeavesNothing) {
    {
        auto file = OutputFile::create(path("a.zip"), Overwrite::no);
        ASSERT_TRUE(file);
        ASSERT_TRUE(file->write("half"));
        EXPECT_EQ(entries(), 1U);
    }
    EXPECT_EQ(entries(), 0U);
}

TEST_F(Files, AnExistingFileIsKeptUnlessForced) {
    put(path("a.zip"), "old");
    const auto refused = OutputFile::create(path("a.zip"), Overwrite::no);
    ASSERT_FALSE(refused);
    EXPECT_THAT(to_text(refused.error()), HasSubstr("--force"));
    auto file = OutputFile::create(path("a.zip"), Overwrite::yes);
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->write("new"));
    EXPECT_EQ(content(path("a.zip")), "old");
    ASSERT_TRUE(file->commit());
    EXPECT_EQ(content(path("a.zip")), "new");
}

TEST_F(Files, AFileThatCameAboutMeanwhileIsKept) {
    auto file = OutputFile::create(path("a.zip"), Overwrite::no);
    ASSERT_TRUE(file);
    put(path("a.zip"), "someone else's");
    EXPECT_FALSE(file->commit());
    EXPECT_EQ(content(path("a.zip")), "someone else's");
}

TEST_F(Files, AFullDiskIsAnErrorThatSaysSo) {
    const FileDescriptor full(::open("/dev/full", O_WRONLY));
    ASSERT_TRUE(full);
    const Status status = write_all(full.get(), "x", "out.csv");
    ASSERT_FALSE(status);
    EXPECT_EQ(to_text(status.error()),
              "error: cannot write out.csv: No space left on device\n  free some space, or write to another disk");
}

TEST_F(Files, ErrorsNameTheFolder) {
    const auto missing = OutputFile::create(path("no/such/a.zip"), Overwrite::no);
    ASSERT_FALSE(missing);
    EXPECT_THAT(missing.error().message, HasSubstr("does not exist"));
    EXPECT_FALSE(OutputFile::create(folder_.string(), Overwrite::yes));
}

TEST_F(Files, AFolderAppearsOnlyWhenWhole) {
    auto directory = OutputDirectory::create(path("out/"), Overwrite::no, "mark");
    ASSERT_TRUE(directory);
    auto file = directory->create_file("a.csv");
    ASSERT_TRUE(file);
    ASSERT_TRUE(write_all(file->get(), "1\n", "a.csv"));
    ASSERT_TRUE(directory->sync_file(*file, "a.csv"));
    EXPECT_FALSE(fs::exists(path("out")));
    ASSERT_TRUE(directory->commit());
    EXPECT_EQ(content(path("out/a.csv")), "1\n");
    EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, AFolderOfAnEarlierRunIsReplacedWhenForced) {
    fs::create_directory(path("out"));
    put(path("out/mark"), "");
    put(path("out/old.csv"), "");
    EXPECT_FALSE(OutputDirectory::create(path("out"), Overwrite::no, "mark"));
    auto directory = OutputDirectory::create(path("out"), Overwrite::yes, "mark");
    ASSERT_TRUE(directory);
    auto file = directory->create_file("new.csv");
    ASSERT_TRUE(file);
    ASSERT_TRUE(directory->commit());
    EXPECT_TRUE(fs::exists(path("out/new.csv")));
    EXPECT_FALSE(fs::exists(path("out/old.csv")));
    EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, SomebodyElsesFolderIsNeverReplaced) {
    fs::create_directories(path("home/mark.d"));
    put(path("home/letter.txt"), "dear");
    EXPECT_FALSE(OutputDirectory::create(path("home"), Overwrite::yes, "mark"));
    put(path("home/mark"), "");
    EXPECT_FALSE(OutputDirectory::create(path("home"), Overwrite::yes, "mark"));
    EXPECT_EQ(content(path("home/letter.txt")), "dear");
    fs::create_directory(path("empty"));
    EXPECT_TRUE(OutputDirectory::create(path("empty"), Overwrite::no, "mark"));
    EXPECT_TRUE(fs::exists(path("empty")));
}

TEST_F(Files, RemovePartialRemovesFilesAndFolders) {
    put(partial_path(path("a.zip")), "half");
    remove_partial(path("a.zip"));
    fs::create_directory(partial_path(path("dir/")));
    put(partial_path(path("dir")) + "/a.csv", "half");
    remove_partial(path("dir"));
    EXPECT_EQ(entries(), 0U);
}

TEST_F(Files, ReadingIsBounded) {
    put(path("a.sql"), "select 1");
    EXPECT_EQ(*read_file(path("a.sql"), 8), "select 1");
    EXPECT_FALSE(read_file(path("a.sql"), 7));
    EXPECT_FALSE(read_file(path("none.sql"), 7));
    EXPECT_FALSE(read_file(folder_.string(), 7));
}

TEST(Sha256, KnownDigests) {
    EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    Sha256 hash;
    hash.add("ab");
    hash.add("c");
    EXPECT_EQ(hash.finish(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hash.finish(), sha256(""));
}

}  // namespace
}  // namespace confab
