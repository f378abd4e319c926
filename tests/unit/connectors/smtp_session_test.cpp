#include "mail/smtp_session.h"

#include <functional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/scripted_server.h"
#include "mail/mail_error.h"

namespace vigie {
namespace {

using test::Script;
using test::ScriptedServer;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kFrom = "vigie@caf.example";
constexpr const char* kTo = "c.martin@ville.example";
constexpr const char* kMessage = "Subject: x\r\n\r\n.hidden\r\n";

const Script kGreeting = {"> 220 mx.example", "< ", "> 250 mx.example"};
const Script kGoodMail = {"< ", "> 250 ok", "< ", "> 250 ok", "< ", "> 354 go", ".", "> 250 2.0.0 queued as 4f1c"};
const Script kLeave = {"< ", "> 221 bye"};

Script script(const std::vector<Script>& parts) {
  Script whole;
  for (const Script& part : parts) whole.insert(whole.end(), part.begin(), part.end());
  return whole;
}

// The errors of a session, by their texts.
template <typename Error>
std::string error_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  } catch (const std::exception& error) {
    return std::string("another error: ") + error.what();
  }
  return "no error";
}

void connect_to(const ScriptedServer& server) { SmtpSession session(server.settings()); }

SmtpServer with_login(const ScriptedServer& server) {
  SmtpServer settings = server.settings();
  settings.user = "vigie";
  settings.password = "s3cret";
  return settings;
}

// One mail over one connection whose script goes on so after the greeting.
SmtpAnswer hand_over_to(const Script& rest, bool* still_open = nullptr) {
  const ScriptedServer server({script({kGreeting, rest})});
  const SmtpServer settings = server.settings();
  SmtpSession session(settings);
  SmtpAnswer answer = session.hand_over(kFrom, kTo, kMessage);
  if (still_open != nullptr) *still_open = session.is_open();
  return answer;
}

TEST(SmtpSession, HandsOverManyMailsOnOneConnection) {
  ScriptedServer server({script({kGreeting, kGoodMail, kGoodMail, kLeave})});
  {
    const SmtpServer settings = server.settings();
    SmtpSession session(settings);
    const SmtpAnswer answer = session.hand_over(kFrom, kTo, kMessage);
    EXPECT_EQ(answer.handover, Handover::kTaken);
    EXPECT_EQ(answer.text, "250 2.0.0 queued as 4f1c");
    EXPECT_EQ(answer.code, "250 2.0.0");
    EXPECT_EQ(session.hand_over(kFrom, kTo, kMessage).handover, Handover::kTaken);
  }
  const auto mail = [](const std::string& line) { return line; };
  EXPECT_THAT(server.heard(),
              ElementsAre("EHLO [127.0.0.1]", mail("MAIL FROM:<vigie@caf.example>"), "RCPT TO:<c.martin@ville.example>",
                          "DATA", "Subject: x", "", "..hidden", ".", "MAIL FROM:<vigie@caf.example>",
                          "RCPT TO:<c.martin@ville.example>", "DATA", "Subject: x", "", "..hidden", ".", "QUIT"));
}

TEST(SmtpSession, SaysHowLargeAMailIsWhereTheServerAsks) {
  ScriptedServer server(
      {script({{"> 220-mx", "> 220 example", "< ", "> 250-mx", "> 250-size 1000", "> 250 HELP"}, kGoodMail, kLeave})});
  {
    const SmtpServer settings = server.settings();
    SmtpSession session(settings);
    EXPECT_EQ(session.largest_message(), 1000U);
    EXPECT_EQ(session.hand_over(kFrom, kTo, kMessage).handover, Handover::kTaken);
  }
  EXPECT_THAT(server.heard(), Contains("MAIL FROM:<vigie@caf.example> SIZE=23"));
}

TEST(SmtpSession, GoesOnAfterARefusedRecipient) {
  const ScriptedServer server(
      {script({kGreeting,
               {"< ", "> 250 ok", "< ", "> 550 5.1.1 <c.martin@ville.example>: unknown", "< ", "> 250 ok"},
               kGoodMail,
               kLeave})});
  const SmtpServer settings = server.settings();
  SmtpSession session(settings);
  const SmtpAnswer refused = session.hand_over(kFrom, kTo, kMessage);
  EXPECT_EQ(refused.handover, Handover::kRefused);
  EXPECT_EQ(refused.text, "550 5.1.1 <c.martin@ville.example>: unknown");
  EXPECT_EQ(refused.code, "550 5.1.1");
  EXPECT_TRUE(session.is_open());
  EXPECT_EQ(session.hand_over(kFrom, kTo, kMessage).handover, Handover::kTaken);
}

TEST(SmtpSession, KeepsARefusalThoughTheServerLeavesAfterIt) {
  bool open = true;
  const SmtpAnswer answer = hand_over_to({"< ", "> 250 ok", "< ", "> 550 no"}, &open);
  EXPECT_EQ(answer.handover, Handover::kRefused);
  EXPECT_FALSE(open);
}

TEST(SmtpSession, KeepsForLaterWhatIsNotTakenNow) {
  const Script rset = {"< ", "> 250 ok"};
  EXPECT_EQ(hand_over_to(script({{"< ", "> 451 4.3.0 later"}, rset, kLeave})).text, "451 4.3.0 later");
  EXPECT_EQ(hand_over_to(script({{"< ", "> 250 ok", "< ", "> 450 greylisted"}, rset, kLeave})).handover,
            Handover::kLater);
  EXPECT_EQ(
      hand_over_to(script({{"< ", "> 250 ok", "< ", "> 250 ok", "< ", "> 354 go", ".", "> 452 full"}, rset, kLeave}))
          .handover,
      Handover::kLater);
}

TEST(SmtpSession, RefusesWhatIsRefusedAtTheEndOfTheMail) {
  const SmtpAnswer answer = hand_over_to(script(
      {{"< ", "> 250 ok", "< ", "> 250 ok", "< ", "> 354 go", ".", "> 554 5.7.1 spam"}, {"< ", "> 250 ok"}, kLeave}));
  EXPECT_EQ(answer.handover, Handover::kRefused);
}

TEST(SmtpSession, IsOverWhenTheServerGoesDown) {
  bool open = true;
  const SmtpAnswer answer = hand_over_to({"< ", "> 250 ok", "< ", "> 421 4.3.2 going down"}, &open);
  EXPECT_EQ(answer.handover, Handover::kLater);
  EXPECT_EQ(answer.code, "421 4.3.2");
  EXPECT_FALSE(open);
}

TEST(SmtpSession, KeepsForLaterWhereTheConnectionBreaks) {
  const std::vector<Script> cuts = {{"< "},
                                    {"< ", "> 250 ok", "< "},
                                    {"< ", "> 250 ok", "< ", "> 250 ok", "< ", "> 354 go", "< "},
                                    {"< ", "> 250 ok", "< ", "> 250 ok", "< ", "> 354 go", "."}};
  for (const Script& cut : cuts) {
    bool open = true;
    const SmtpAnswer answer = hand_over_to(cut, &open);
    EXPECT_EQ(answer.handover, Handover::kLater);
    EXPECT_THAT(answer.text, HasSubstr("the mail server 127.0.0.1, port "));
    EXPECT_FALSE(open);
  }
}

TEST(SmtpSession, KeepsForLaterWhereTheServerHangs) {
  bool open = true;
  const SmtpAnswer answer = hand_over_to({"< ", "hang"}, &open);
  EXPECT_EQ(answer.handover, Handover::kLater);
  EXPECT_THAT(answer.text, HasSubstr("did not answer in time (mail.timeout-seconds = 1)"));
  EXPECT_FALSE(open);
}

TEST(SmtpSession, DoesNotBlameTheRecipientForASenderThatIsRefused) {
  EXPECT_THAT(error_of<MailSetupError>([] {
                hand_over_to(script({{"< ", "> 550 5.7.1 not yours"}, kLeave}));
              }),
              HasSubstr("refuses the sender (550 5.7.1); check mail.from"));
  EXPECT_THAT(error_of<MailSetupError>([] {
                hand_over_to(script({{"< ", "> 250 ok", "< ", "> 530 5.7.0 login first"}, kLeave}));
              }),
              HasSubstr("wants a login (530 5.7.0)"));
  EXPECT_EQ(hand_over_to(script({{"< ", "> 552 5.3.4 too large"}, {"< ", "> 250 ok"}, kLeave})).handover,
            Handover::kRefused);
}

TEST(SmtpSession, SaysWhatIsWrongWithTheServer) {
  const auto greeted = [](const std::string& line) {
    return error_of<MailError>([&] { connect_to(ScriptedServer({{"> " + line}})); });
  };
  EXPECT_THAT(greeted("554 5.7.1 you are not let in"), HasSubstr("does not greet: 554 5.7.1 you are not let in"));
  EXPECT_THAT(greeted("421 busy"), HasSubstr("does not greet: 421 busy"));
  EXPECT_THAT(greeted("SSH-2.0-OpenSSH"), HasSubstr("is no answer of a mail server; check mail.port"));
  EXPECT_THAT(greeted(std::string(9000, 'x')), HasSubstr("a line that has no end"));
  EXPECT_THAT(greeted("220-mx\r\n250 mx"), HasSubstr("is an answer of two codes"));
  EXPECT_THAT(error_of<MailError>([] { connect_to(ScriptedServer({{"hang"}})); }), HasSubstr("did not answer in time"));
  EXPECT_THAT(error_of<MailError>([] { connect_to(ScriptedServer({Script()})); }), HasSubstr("closed the connection"));
}

TEST(SmtpSession, LogsInWithPlain) {
  ScriptedServer server(
      {script({{"> 220 mx", "< ", "> 250-mx", "> 250 AUTH LOGIN PLAIN", "< ", "> 235 welcome"}, kLeave})});
  {
    const SmtpServer settings = with_login(server);
    SmtpSession session(settings);
  }
  EXPECT_THAT(server.heard(), Contains("AUTH PLAIN AHZpZ2llAHMzY3JldA=="));
}

TEST(SmtpSession, LogsInWithLoginWhereThereIsNoPlain) {
  ScriptedServer server({script({{"> 220 mx", "< ", "> 250-mx", "> 250 AUTH LOGIN", "< ", "> 334 VXNlcm5hbWU6", "< ",
                                  "> 334 UGFzc3dvcmQ6", "< ", "> 235 welcome"},
                                 kLeave})});
  {
    const SmtpServer settings = with_login(server);
    SmtpSession session(settings);
  }
  EXPECT_THAT(server.heard(), ElementsAre("EHLO [127.0.0.1]", "AUTH LOGIN", "dmlnaWU=", "czNjcmV0", "QUIT"));
}

TEST(SmtpSession, SaysNoWordOfAServerThatRefusesALogin) {
  const auto refusal = [](const std::string& answer) {
    return error_of<MailSetupError>([&] {
      const ScriptedServer server({{"> 220 mx", "< ", "> 250-mx", "> 250 AUTH PLAIN", "< ", "> " + answer}});
      const SmtpServer settings = with_login(server);
      SmtpSession session(settings);
    });
  };
  EXPECT_THAT(refusal("535 5.7.8 vigie s3cret is wrong"),
              AllOf(HasSubstr("refuses the login (535 5.7.8); check mail.user"), Not(HasSubstr("s3cret"))));
  EXPECT_THAT(refusal("334 what?"), HasSubstr("refuses the login"));
}

TEST(SmtpSession, NeverSpeaksInTheClearWhereTlsIsAsked) {
  ScriptedServer server({{"> 220 mx", "< ", "> 250-mx", "> 250 AUTH PLAIN", "< "}});
  SmtpServer settings = with_login(server);
  settings.security = SmtpSecurity::kStartTls;
  EXPECT_THAT(error_of<MailSetupError>([&] { SmtpSession session(settings); }), HasSubstr("does not offer STARTTLS"));
  EXPECT_THAT(server.heard(), ElementsAre("EHLO [127.0.0.1]"));
}

TEST(SmtpSession, WaitsForTlsNoLongerThanForAnAnswer) {
  const ScriptedServer server({{"hang"}, {"> 220 I speak no TLS", "hang"}});
  SmtpServer settings = server.settings();
  settings.security = SmtpSecurity::kTls;
  EXPECT_THAT(error_of<MailError>([&] { SmtpSession session(settings); }), HasSubstr("did not answer in time"));
  EXPECT_THAT(error_of<MailError>([&] { SmtpSession session(settings); }),
              HasSubstr("does not speak TLS on this port"));
}

TEST(SmtpSession, TakesNothingThatWasSaidBeforeTls) {
  const ScriptedServer server({{"> 220 mx", "< ", "> 250-mx", "> 250 STARTTLS", "< ", "> 220 go\r\n250 injected"}});
  SmtpServer settings = server.settings();
  settings.security = SmtpSecurity::kStartTls;
  EXPECT_THAT(error_of<MailSetupError>([&] { SmtpSession session(settings); }), HasSubstr("said more before TLS"));
}

TEST(SmtpSession, RefusesAnAddressThatWouldBreakTheDialogue) {
  const ScriptedServer server({script({kGreeting, kLeave})});
  const SmtpServer settings = server.settings();
  SmtpSession session(settings);
  for (const char* address : {"a@b.example>\r\nDATA", "a b@c.example", "", "é@b.example", "<a@b.example>"})
    EXPECT_EQ(session.hand_over(kFrom, address, kMessage).handover, Handover::kRefused) << address;
}

TEST(SmtpSession, SaysWhereNobodyListens) {
  SmtpServer settings = ScriptedServer({}).settings();
  EXPECT_THAT(error_of<MailError>([&] { SmtpSession session(settings); }),
              HasSubstr("cannot be reached (Connection refused); check mail.host, mail.port"));
  settings.host = "mx.invalid";
  EXPECT_THAT(error_of<MailError>([&] { SmtpSession session(settings); }),
              HasSubstr("mx.invalid, port " + std::to_string(settings.port)));
}

TEST(SmtpText, StuffsDotsAndEndsEveryLine) {
  EXPECT_EQ(smtp::as_data("a\r\n.b\r\n"), "a\r\n..b\r\n.\r\n");
  EXPECT_EQ(smtp::as_data(".\r\n..\r\n"), "..\r\n...\r\n.\r\n");
  EXPECT_EQ(smtp::as_data("no end"), "no end\r\n.\r\n");
  EXPECT_EQ(smtp::as_data(""), ".\r\n");
  EXPECT_EQ(smtp::as_data("a\r\n.\r\nb"), "a\r\n..\r\nb\r\n.\r\n");
}

TEST(SmtpText, LetsNoLoneLineEndHideAnEndOfMail) {
  EXPECT_EQ(smtp::as_data("a\n.\nMAIL FROM:<x>\n"), "a\r\n..\r\nMAIL FROM:<x>\r\n.\r\n");
  EXPECT_EQ(smtp::as_data("a\r.\r\n"), "a\r\n..\r\n.\r\n");
}

TEST(SmtpText, KnowsTheMachineItself) {
  for (const char* host : {"localhost", "127.0.0.1", "127.8.8.8", "::1"}) EXPECT_TRUE(is_loopback(host)) << host;
  for (const char* host : {"mx.example", "127.0.0.1.evil.example", "localhost.example", "10.0.0.1", ""})
    EXPECT_FALSE(is_loopback(host)) << host;
}

}  // namespace
}  // namespace vigie
