#include "serve.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstring>
#include <memory>
#include <optional>
#include <random>

#include <Poco/Util/ServerApplication.h>
#include <fmt/format.h>

#include "calendar.h"
#include "child.h"
#include "configuration.h"
#include "errors.h"
#include "good_runs.h"
#include "http/listener.h"
#include "log.h"
#include "metrics.h"
#include "private_files.h"
#include "schedule/agenda.h"
#include "systemd/notifier.h"

namespace vigie {
namespace {

using schedule::Instant;
using std::chrono::milliseconds;

constexpr Instant kBusyAgain = 300;           // until a job that found the store busy is tried again, seconds
constexpr Instant kPatience = 20;             // until a job that runs when the service stops is ended, seconds
constexpr milliseconds kLongestWait{30'000};  // the wall clock may be set meanwhile
constexpr milliseconds kShortestWait{50};

// Signals are waited for, in one place: no handler interrupts anything. Threads that begin later block them too.
class Signals {
 public:
  Signals() {
    sigemptyset(&set_);
    for (const int signal : {SIGHUP, SIGTERM, SIGINT, SIGCHLD}) sigaddset(&set_, signal);
    ::pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }

  // The signal that came; 0: none in that time.
  [[nodiscard]] int wait(milliseconds time) const {
    const timespec limit{.tv_sec = time.count() / 1000, .tv_nsec = time.count() % 1000 * 1'000'000};
    return std::max(0, ::sigtimedwait(&set_, nullptr, &limit));
  }

 private:
  sigset_t set_{};
};

// A configuration that was found right, with the text that it was read from.
struct Configuration {
  std::unique_ptr<ConfigurationText> text;
  Settings settings;
};

Configuration read_configuration(Options options) {
  options.config = find_configuration(options.config).string();
  auto text = std::make_unique<ConfigurationText>(options.config);
  options.config_text = text->path();
  Settings settings = configured(options);
  if (settings.schedule.jobs.empty())
    throw UsageError(settings.file.string() +
                     ": nothing to serve: no job has a schedule; write schedule.run = 15 2 * * *");
  require_private_files(settings);
  return {std::move(text), std::move(settings)};
}

std::optional<Instant> last_good(const Settings& settings, const std::string& job) try {
  return last_good_run(store::Store(settings.store, store::Opening::kExisting), job);
} catch (const NoStoreError&) {
  return std::nullopt;
}

http::Answer watch(const Settings& settings, const std::string& path) {
  if (path != "/metrics" && path != "/healthz") return {.status = 404, .body = "/metrics and /healthz\n"};
  try {
    const store::Store store(settings.store, store::Opening::kExisting);
    if (path == "/metrics")
      return {.content_type = "text/plain; version=0.0.4; charset=utf-8",
              .body = metrics(store, settings, now_seconds())};
    const Health now = health(store, now_seconds());
    return {.status = now.good ? 200 : 503, .body = now.text + "\n"};
  } catch (const NoStoreError&) {
    return {.status = 503, .body = "no night has gone through yet\n"};
  } catch (const std::exception&) {
    return {.status = 503, .body = "the store cannot be read; vigie check says why\n"};
  }
}

class Service {
 public:
  explicit Service(const Options& options)
      : options_(options),
        log_(options.quiet     ? LogLevel::kQuiet
             : options.verbose ? LogLevel::kVerbose
                               : LogLevel::kNormal,
             options.log_format == "json"),
        configuration_(read_configuration(options)) {}

  int run() {
    begin();
    systemd::ready(outlook());
    while (!stopped()) {
      handle(signals_.wait(pause()));
      collect();
      start_what_is_due();
      systemd::alive();
    }
    log_.info("stopped", "the service stopped");
    return exit_code::kDone;
  }

 private:
  // ------------------------------------------------------------------------------------------------- configuration

  void begin() {
    const Settings& settings = configuration_.settings;
    auto agenda = std::make_unique<schedule::Agenda>(
        settings.schedule.jobs, paris_clock(), now_seconds(),
        [&](const std::string& job) { return last_good(settings, job); },
        [this, most = settings.schedule.jitter] { return std::uniform_int_distribution<Instant>(0, most)(random_); });
    if (agenda_) agenda->keep_times_of(*agenda_);
    agenda_ = std::move(agenda);
    if (job_) agenda_->done(job_->name, now_seconds());
    listen();
    log_.info("serving", outlook(), {{"jobs", static_cast<std::int64_t>(settings.schedule.jobs.size())}});
  }

  void listen() {
    listener_.reset();
    if (!configuration_.settings.http_listen.empty())
      listener_.emplace(
          configuration_.settings.http_listen,
          [settings = configuration_.settings](const std::string& path) { return watch(settings, path); });
  }

  void reload() {
    systemd::reloading();
    try {
      Configuration fresh = read_configuration(options_);
      take(std::move(fresh));
      log_.info("reloaded", "the configuration was read again");
    } catch (const std::exception& error) {
      log_.error("reload-failed", fmt::format("the configuration from before stays in force: {}", error.what()));
    }
    systemd::ready(outlook());
  }

  // All of it or nothing: an address that cannot be listened on leaves the one from before.
  void take(Configuration fresh) {
    std::swap(configuration_, fresh);
    try {
      begin();
    } catch (const std::exception&) {
      std::swap(configuration_, fresh);
      begin();
      throw;
    }
  }

  // ---------------------------------------------------------------------------------------------------------- jobs

  struct RunningJob {
    RunningJob(std::string job, const std::vector<std::string>& arguments, int configuration, Instant now)
        : name(std::move(job)), process(arguments, configuration), began(now) {}

    std::string name;
    Child process;
    Instant began;
  };

  void start_what_is_due() {
    if (job_ || stopping_) return;
    const auto due = agenda_->next();
    if (!due || due->at > now_seconds()) return;
    if (due->missed) log_.warning("missed", fmt::format("vigie {} was missed; it runs now", due->job));
    start(due->job);
  }

  void start(const std::string& job) {
    const Instant now = now_seconds();
    agenda_->done(job, now);
    log_.info("begins", fmt::format("vigie {} begins", job), {{"job", job}});
    try {
      job_.emplace(job, arguments(job), configuration_.text->descriptor(), now);
    } catch (const std::exception& error) {
      log_.error("not-started", fmt::format("vigie {}: {}", job, error.what()));
    }
    systemd::status(outlook());
  }

  [[nodiscard]] std::vector<std::string> arguments(const std::string& job) const {
    std::vector<std::string> words = {"--config",      configuration_.settings.file.string(),
                                      "--config-text", Child::kInheritedFile,
                                      "--log-format",  options_.log_format};
    const auto add_all = [&](const char* option, const std::vector<std::string>& values) {
      for (const std::string& value : values) words.insert(words.end(), {option, value});
    };
    add_all("--set", options_.set);
    add_all("--source", options_.sources);
    if (options_.quiet) words.emplace_back("--quiet");
    if (options_.verbose) words.emplace_back("--verbose");
    words.push_back(job);
    return words;
  }

  void collect() {
    if (!job_) return;
    const auto end = job_->process.ended();
    if (!end) {
      if (stopping_ && !told_to_end_ && now_seconds() >= *stopping_ + kPatience) {
        told_to_end_ = true;
        log_.warning("ending", fmt::format("vigie {} did not end in {} s; its step is undone", job_->name, kPatience));
        job_->process.kill();
      }
      return;
    }
    say_end(*end);
    if (end->signal == 0 && end->exit_code == exit_code::kLocked)
      agenda_->postpone(job_->name, now_seconds() + kBusyAgain);
    job_.reset();
    if (!stopping_) systemd::status(next_job());
  }

  void say_end(const Child::End& end) {
    const Instant seconds = now_seconds() - job_->began;
    const bool good = end.signal == 0 && went_through(end.exit_code);
    const std::string how = end.signal != 0 ? fmt::format("was ended by the signal {}", ::strsignal(end.signal))
                                            : fmt::format("ended with {}", end.exit_code);
    const std::string text =
        fmt::format("vigie {} {} after {} s{}", job_->name, how, seconds,
                    end.exit_code == exit_code::kLocked ? fmt::format("; again in {} s", kBusyAgain) : "");
    const Log::Fields fields = {{"job", job_->name}, {"exit", std::int64_t{end.exit_code}}, {"seconds", seconds}};
    good ? log_.info("ended", text, fields) : log_.error("failed", text, fields);
  }

  // ------------------------------------------------------------------------------------------------------- signals

  void handle(int signal) {
    if (signal == SIGHUP && !stopping_) reload();
    if ((signal == SIGTERM || signal == SIGINT) && !stopping_) stop();
  }

  void stop() {
    stopping_ = now_seconds();
    systemd::stopping(job_ ? fmt::format("waiting for vigie {}", job_->name) : "stopping");
    log_.info("stopping", job_ ? fmt::format("stopping when vigie {} has ended", job_->name) : "stopping");
  }

  [[nodiscard]] bool stopped() const { return stopping_ && !job_; }

  [[nodiscard]] milliseconds pause() const {
    milliseconds wait = kLongestWait;
    if (const auto often = systemd::watchdog_interval())
      wait = std::min(wait, std::chrono::duration_cast<milliseconds>(*often) / 3);
    if (stopping_) wait = std::min(wait, milliseconds(1000));
    if (const auto due = agenda_->next(); due && !job_)
      wait = std::min(wait, milliseconds(std::max<Instant>(0, due->at - now_seconds()) * 1000));
    return std::max(wait, kShortestWait);
  }

  // What `systemctl status` shows.
  [[nodiscard]] std::string outlook() const {
    return job_ ? fmt::format("running vigie {} since {}", job_->name, paris_time(job_->began)) : next_job();
  }

  [[nodiscard]] std::string next_job() const {
    const auto due = agenda_->next();
    return due ? fmt::format("next: vigie {} at {}", due->job, paris_time(due->at)) : "nothing to do";
  }

  Signals signals_;
  const Options& options_;
  Log log_;
  Configuration configuration_;
  std::random_device random_;  // not of the second: many servers begin in the same one
  std::unique_ptr<schedule::Agenda> agenda_;
  std::optional<http::Listener> listener_;
  std::optional<RunningJob> job_;
  std::optional<Instant> stopping_;
  bool told_to_end_ = false;
};

// Poco's frame of a service. Its own options (--daemon, --pidfile) are not offered: systemd does better.
class Application : public Poco::Util::ServerApplication {
 public:
  explicit Application(const Options& options) : options_(options) {
    // A crash must be one, with its core: Poco's handlers would turn it into an exception that nobody can catch.
    for (const int signal : {SIGILL, SIGBUS, SIGSEGV, SIGSYS}) std::signal(signal, SIG_DFL);
  }

  int run_service() {
    const int code = run({"vigie"});
    if (failure_) std::rethrow_exception(failure_);
    return code;
  }

 protected:
  int main(const ArgVec& /*words*/) override {
    try {
      return Service(options_).run();
    } catch (...) {
      failure_ = std::current_exception();
      return exit_code::kUnexpected;
    }
  }

 private:
  const Options& options_;
  std::exception_ptr failure_;
};

}  // namespace

int serve(const Options& options) {
  if (options.dry_run || !options.as_of.empty())
    throw UsageError("serve: --dry-run and --as-of are for one run; leave them out, or try `vigie run`");
  return Application(options).run_service();
}

}  // namespace vigie
