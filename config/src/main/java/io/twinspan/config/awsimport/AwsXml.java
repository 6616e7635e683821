package io.twinspan.config.awsimport;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The customer gateway's XML, read leniently: blanks around values, absent elements and unknown ones are all fine.
 *
 * <p>No document type, no entities, nothing fetched: the file comes from outside.
 */
final class AwsXml {
    private AwsXml() {}

    /** A document read, or why not. */
    sealed interface Parsed {
        record Read(XmlConnection connection) implements Parsed {}

        record Unreadable(String reason) implements Parsed {}
    }

    static Parsed parse(String text) {
        try {
            DocumentBuilder builder = secureFactory().newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler()); // the default one prints to standard error
            Element root =
                    builder.parse(new InputSource(new StringReader(text))).getDocumentElement();
            return nameOf(root).equals("vpn_connection")
                    ? new Parsed.Read(new XmlConnection(Optional.of(root)))
                    : new Parsed.Unreadable(
                            "the XML is about '" + shown(nameOf(root)) + "', wanted is 'vpn_connection'");
        } catch (SAXParseException e) {
            String reason = text.contains("<!DOCTYPE")
                    ? "the XML has a document type, which AWS never sends"
                    : "the XML is broken at line " + e.getLineNumber() + ", column " + e.getColumnNumber();
            return new Parsed.Unreadable(reason);
        } catch (SAXException | IOException | ParserConfigurationException e) {
            return new Parsed.Unreadable("the XML cannot be read");
        }
    }

    private static DocumentBuilderFactory secureFactory() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
        factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        factory.setNamespaceAware(true);
        return factory;
    }

    /** Direct children of that name. */
    static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && nameOf(element).equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    /** The element's own text without surrounding blanks. */
    static String text(Element element) {
        StringBuilder text = new StringBuilder();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeType() == Node.TEXT_NODE || node.getNodeType() == Node.CDATA_SECTION_NODE) {
                text.append(node.getNodeValue());
            }
        }
        return text.toString().strip();
    }

    private static String nameOf(Element element) {
        String local = element.getLocalName();
        return local == null ? element.getTagName() : local;
    }

    private static String shown(String name) {
        return name.length() > 40 ? name.substring(0, 40) + "..." : name;
    }
}
