// Folders and archives hold the same files; a Package is where they go.
#include <memory>

#include "base/files.hpp"
#include "base/sha256.hpp"
#include "sink/chunks.hpp"
#include "sink/deflate.hpp"
#include "sink/documents.hpp"
#include "sink/file_names.hpp"
#include "sink/load_script.hpp"
#include "sink/producer.hpp"
#include "sink/sink.hpp"
#include "sink/zip.hpp"
#include "schema/write.hpp"

namespace confab::sink {

namespace {

constexpr const char* manifest_name = "manifest.json";

class Package {
  public:
    Package() = default;
    Package(const Package&) = delete;
    Package& operator=(const Package&) = delete;
    virtual ~Package() = default;

    virtual Packing packing() const = 0;
    virtual Status begin(const std::string& name) = 0;
    virtual Status append(const MadeChunk& made) = 0;
    virtual Status end() = 0;
    virtual Status commit() = 0;
};

class DirectoryPackage final : public Package {
  public:
    explicit DirectoryPackage(OutputDirectory directory) : directory_(std::move(directory)) {}

    Packing packing() const override { return Packing::none; }
    Status begin(const std::string& name) override {
        name_ = name;
        CONFAB_TRY(file_, directory_.create_file(name));
        return {};
    }
    Status append(const MadeChunk& made) override { return write_all(file_.get(), made.text, name_); }
    Status end() override { return directory_.sync_file(file_, name_); }
    Status commit() override { return directory_.commit(); }

  private:
    OutputDirectory directory_;
    std::string name_;
    FileDescriptor file_;
};

class ZipPackage final : public Package {
  public:
    ZipPackage(OutputFile file, Compression compression)
        : file_(std::move(file)), zip_(file_, compression), compression_(compression) {}

    Packing packing() const override {
        switch (compression_) {
            case Compression::none: return Packing::checked;
            case Compression::fast: return Packing::fast;
            case Compression::small: return Packing::small;
        }
        return Packing::none;
    }
    Status begin(const std::string& name) override { return zip_.begin(name); }
    Status append(const MadeChunk& made) override { return zip_.append(made.packed, made.text.size(), made.crc); }
    Status end() override { return zip_.end(); }
    Status commit() override {
        CONFAB_CHECK(zip_.finish());
        return file_.commit();
    }

  private:
    OutputFile file_;
    ZipWriter zip_;
    Compression compression_;
};

// Writes the files of one run into a package, and remembers what each was.
class Export {
  public:
    Export(const engine::Program& program, Package& package, Compression compression)
        : program_(program), package_(package), deflater_(compression),
          file_names_(csv_file_names(program.schema())) {}

    Result<engine::Report> run(const RunOptions& options) {
        CONFAB_CHECK(document("schema.sql", schema::write_script(program_.schema())));
        CONFAB_CHECK(document("load.sql", load_script(program_, file_names_)));
        CONFAB_CHECK(document("plan.json", plan::write(program_.plan())));
        const ChunkMap chunks(program_);
        ProduceOptions produce_options;
        produce_options.packing = package_.packing();
        CONFAB_TRY(const auto redraws, produce(program_, chunks, produce_options, options,
                                               [&](const MadeChunk& made) { return take(made); }));
        engine::Report report = report_of_run(program_, redraws);
        if (const std::string sql = left_out_sql(program_.schema()); !sql.empty()) {
            CONFAB_CHECK(document("left_out.sql", sql));
        }
        CONFAB_CHECK(document("report.json", report_json(report, program_.schema()).dump(2) + "\n"));
        CONFAB_CHECK(document(manifest_name, manifest_json(program_, file_names_, files_)));
        CONFAB_CHECK(package_.commit());
        return report;
    }

  private:
    Status begin(const std::string& name) {
        files_.push_back({name, 0, {}});
        return package_.begin(name);
    }

    Status append(const MadeChunk& made) {
        hash_.add(made.text);
        files_.back().bytes += made.text.size();
        return package_.append(made);
    }

    Status end() {
        files_.back().sha256 = hash_.finish();
        return package_.end();
    }

    Status take(const MadeChunk& made) {
        if (made.chunk.first) CONFAB_CHECK(begin(file_names_[made.chunk.table]));
        CONFAB_CHECK(append(made));
        return made.chunk.last ? end() : Status();
    }

    Status document(const std::string& name, std::string_view text) {
        CONFAB_CHECK(begin(name));
        ByteBuffer packed;
        CONFAB_CHECK(deflater_.pack(text, packed));
        CONFAB_CHECK(append({{}, text, packed.view(), crc32(text)}));
        return end();
    }

    const engine::Program& program_;
    Package& package_;
    Deflater deflater_;
    std::vector<std::string> file_names_;
    std::vector<FileRecord> files_;
    Sha256 hash_;
};

Overwrite overwrite_if(bool replace) { return replace ? Overwrite::yes : Overwrite::no; }

}  // namespace

Result<engine::Report> write_directory(const engine::Program& program, const std::string& path, bool replace,
                                       const RunOptions& options) {
    CONFAB_TRY(OutputDirectory directory, OutputDirectory::create(path, overwrite_if(replace), manifest_name));
    DirectoryPackage package(std::move(directory));
    return Export(program, package, Compression::none).run(options);
}

Result<engine::Report> write_zip(const engine::Program& program, const std::string& path, bool replace,
                                 Compression compression, const RunOptions& options) {
    CONFAB_TRY(OutputFile file, OutputFile::create(path, overwrite_if(replace)));
    ZipPackage package(std::move(file), compression);
    return Export(program, package, compression).run(options);
}

Result<engine::Report> write_stream(const engine::Program& program, schema::TableId table, engine::RowRange range,
                                    bool header, int file_descriptor, const RunOptions& options) {
    const ChunkMap chunks(program, table, range);
    ProduceOptions produce_options;
    produce_options.header = header;
    CONFAB_TRY(const auto redraws,
               produce(program, chunks, produce_options, options, [&](const MadeChunk& made) {
                   return write_all(file_descriptor, made.text, "the output");
               }));
    return report_of_run(program, redraws);
}

}  // namespace confab::sink
