import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records with Kafka's Java producer: java -cp JARS foreign-producer.java BROKERS TOPIC CODEC... */
class ForeignProducer {
  public static void main(String[] arguments) throws Exception {
    String brokers = arguments[0];
    String topic = arguments[1];
    for (int at = 2; at < arguments.length; at += 1) compressed(brokers, topic, arguments[at]);
    transactions(brokers, topic);
  }

  static void compressed(String brokers, String topic, String codec) throws Exception {
    Map<String, Object> settings = Map.of("compression.type", codec, "linger.ms", 100, "batch.size", 500000);
    try (var producer = open(brokers, settings)) {
      for (int count = 0; count < 300; count += 1) producer.send(record(topic, codec + " " + count + " " + "word ".repeat(100)));
      producer.flush();
    }
  }

  /** One aborted and one committed transaction of a producer with the name of the topic. Both end, because an open one would hide all records after it. */
  static void transactions(String brokers, String topic) throws Exception {
    try (var producer = open(brokers, Map.of("transactional.id", topic))) {
      producer.initTransactions();
      producer.beginTransaction();
      for (int count = 0; count < 3; count += 1) producer.send(record(topic, "aborted " + count));
      producer.flush();
      producer.abortTransaction();
      producer.beginTransaction();
      for (int count = 0; count < 3; count += 1) producer.send(record(topic, "finished " + count));
      producer.commitTransaction();
    }
  }

  static KafkaProducer<byte[], byte[]> open(String brokers, Map<String, Object> settings) {
    var all = new java.util.HashMap<String, Object>(settings);
    all.put("bootstrap.servers", brokers);
    return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
  }

  static ProducerRecord<byte[], byte[]> record(String topic, String value) {
    return new ProducerRecord<>(topic, 0, bytes("stream"), bytes(value));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
